// Rules of the linter that redocly.yaml cannot express by itself.

/** Paths that begin with `/act_` come after all that begin with `/{`: Prism 5.16 takes the last declared of the
 * paths that match equally well, so `/{id}/agencies` declared last would answer for `/act_1/agencies`. */
function actPathsLast() {
  return {
    Paths(paths, { report, location }) {
      const names = Object.keys(paths);
      const first = names.findIndex((name) => name.startsWith('/act_'));
      for (const name of names.slice(first).filter((name) => first >= 0 && name.startsWith('/{'))) {
        report({
          message: `\`${name}\` must come before \`${names[first]}\`: /act_… paths are last.`,
          location: location.child([name]).key(),
        });
      }
    },
  };
}

/** A path and its path parameters name each other. Redocly's path-parameters-defined does the same, but takes the name of
 * a path item in `components` for its path; ours reads `x-path` there. */
function pathParameters() {
  return {
    PathItem(item, { key, resolve, report, location }) {
      const path = item['x-path'] ?? String(key);
      const wanted = [...path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1]);
      const names = (owner) =>
        (owner.parameters ?? [])
          .map((one) => resolve(one).node ?? one)
          .filter((one) => one.in === 'path')
          .map((one) => one.name);
      const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];
      for (const method of methods.filter((method) => item[method])) {
        const given = [...names(item), ...names(item[method])];
        for (const name of wanted.filter((name) => !given.includes(name))) {
          report({ message: `\`{${name}}\` of \`${path}\` is no parameter.`, location: location.child([method]).key() });
        }
        for (const name of given.filter((name) => !wanted.includes(name))) {
          report({
            message: `Path parameter \`${name}\` is not in the path \`${path}\`.`,
            location: location.child([method]).key(),
          });
        }
      }
    },
  };
}

module.exports = () => ({
  id: 'house',
  rules: { oas3: { 'act-paths-last': actPathsLast, 'path-parameters': pathParameters } },
});

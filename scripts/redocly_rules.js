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

module.exports = () => ({ id: 'house', rules: { oas3: { 'act-paths-last': actPathsLast } } });

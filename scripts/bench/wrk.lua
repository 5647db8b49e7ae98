-- Arguments: none for one request again and again; or the method, the path and the body of changes, with BUSINESS for an
-- id that counts up, and the first id. Prints the result as a line of JSON.
function init(args)
  if #args == 0 then return end
  local method, path, body, id = args[1], args[2], args[3], tonumber(args[4])
  function request()
    local business = string.format("%.0f", id)
    id = id + 1
    return wrk.format(method, (path:gsub("BUSINESS", business)), nil, (body:gsub("BUSINESS", business)))
  end
end

function done(summary)
  local failed = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  io.write(string.format('{"requests": %d, "seconds": %f, "refused": %d, "failed": %d}\n',
    summary.requests, summary.duration / 1e6, summary.errors.status, failed))
end

-- Reads bindings.json (printed values, claims, absent results) and answers look-ups in it.
local M = { data = nil, faults = {} }

local function collapse(text)
  return (text:gsub("%s+", " "):gsub("^ ", ""):gsub(" $", ""))
end
M.collapse = collapse

local function read(path)
  local file = io.open(path, "rb")
  if not file then
    return nil
  end
  local text = file:read("a")
  file:close()
  return text
end
M.read = read

--- Remember a fault; `stop_on_faults` reports them together.
function M.fault(message)
  table.insert(M.faults, message)
end

function M.stop_on_faults()
  if #M.faults == 0 then
    return
  end
  for _, message in ipairs(M.faults) do
    io.stderr:write("evalrapport: " .. message .. "\n")
  end
  os.exit(1)
end

local function setting(meta, name)
  return meta[name] and pandoc.utils.stringify(meta[name]) or nil
end
M.setting = setting

--- Load the bindings that the document's metadata points to (once per run).
function M.load(meta)
  local path = setting(meta, "evalrapport-bindings") or "bindings.json"
  local text = read(path)
  if not text then
    M.fault("“" .. path .. "” findes ikke. Kør make report.")
    M.stop_on_faults()
  end
  M.data = pandoc.json.decode(text, false)
  M.exhibits = setting(meta, "evalrapport-exhibits") or "exhibits"
  M.absent = {}
  for _, result in ipairs(M.data.absent or {}) do
    M.absent[result] = true
  end
end

--- The binding of a shortcode's inner text, or nil after noting the fault.
function M.value(key)
  local found = M.data.values[collapse(key)]
  if not found then
    M.fault("Ukendt værdi: {{< " .. collapse(key) .. " >}}. Kør make report.")
  end
  return found
end

--- The outcome of a claim: {outcome, mark}.
function M.claim(condition)
  local found = M.data.claims[collapse(condition)]
  if not found then
    M.fault("Ukendt påstand: krav=\"" .. collapse(condition) .. "\". Kør make report.")
    return { outcome = "sand", mark = false }
  end
  return found
end

--- The line printed instead of a result that this edition does not hold.
function M.absent_line(title)
  local text = M.data.absent_text or "Resultatet indgår ikke i denne udgave: {titel}."
  title = collapse(title):gsub("[%.%s]+$", "")
  local at, till = text:find("{titel}", 1, true)
  if at then
    text = text:sub(1, at - 1) .. title .. text:sub(till + 1)
  else
    text = title .. ". " .. text
  end
  return pandoc.Div(pandoc.Para(pandoc.Inlines(text)), pandoc.Attr("", { "udeladt" }))
end

return M

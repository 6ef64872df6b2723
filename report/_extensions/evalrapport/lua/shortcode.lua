-- Finds {{< … >}} in running text and turns each into what it stands for.
local bindings = require("bindings")
local M = {}

local OPEN, CLOSE = "{{<", ">}}"
local BLOCKS = { tabel = true, figur = true, pagebreak = true }
local QUOTES = { DoubleQuote = '"', SingleQuote = "'" }

-- The characters an editor typed, before the reader made them typographic.
local function typed(inline)
  if inline.t == "Str" then
    return (inline.text:gsub("–", "--"):gsub("…", "..."):gsub("’", "'"):gsub("\u{a0}", " "))
  elseif inline.t == "Quoted" then
    local quote = QUOTES[inline.quotetype] or '"'
    return quote .. pandoc.utils.stringify(inline.content) .. quote
  elseif inline.t == "Space" or inline.t == "SoftBreak" or inline.t == "LineBreak" then
    return " "
  end
  return pandoc.utils.stringify(inline)
end

local function attributes(binding)
  local found = {}
  local names = { address = "adresse", table = "tabel", row = "raekke", column = "kolonne",
    n = "n", source = "kilde", status = "status", id = "fakta" }
  for from, to in pairs(names) do
    local value = binding[from]
    if type(value) == "number" or (type(value) == "string" and value ~= "") then
      table.insert(found, { to, tostring(value) })
    end
  end
  table.sort(found, function(a, b) return a[1] < b[1] end)
  return found
end

-- A number and its unit stay on one line.
local function unbroken(text)
  return (text:gsub("(%d) (%a)", "%1\u{a0}%2"))
end

local function words(text)
  local inlines = pandoc.List()
  for word in unbroken(text):gmatch("[^ ]+") do
    if #inlines > 0 then
      inlines:insert(pandoc.Space())
    end
    inlines:insert(pandoc.Str(word))
  end
  return inlines
end

--- The inline or placeholder that a shortcode's inner text stands for.
function M.resolve(key)
  key = bindings.collapse(key)
  local name, argument = key:match("^(%S+)%s*(%S*)")
  if name == "tal" or name == "fakta" then
    local binding = bindings.value(key)
    if not binding then
      return pandoc.Str("??")
    end
    return pandoc.Span(words(binding.text), pandoc.Attr("", { name }, attributes(binding)))
  elseif BLOCKS[name] then
    local told = { { "navn", argument }, { "interval", key:match(" interval=(%a+)") or "nej" } }
    return pandoc.Span({}, pandoc.Attr("", { "er-" .. name }, told))
  end
  bindings.fault("Ukendt kode: {{< " .. key .. " >}}. Der findes tal, fakta, tabel og figur.")
  return pandoc.Str("??")
end

local function find(inlines, start, mark)
  for index = start, #inlines do
    local text = inlines[index].t == "Str" and inlines[index].text
    local at = text and text:find(mark, 1, true)
    if at then
      return index, text, at
    end
  end
end

local function between(inlines, first, last, opening, at, closing, stop)
  if first == last then
    return opening:sub(at + #OPEN, stop - 1)
  end
  local parts = { opening:sub(at + #OPEN) }
  for index = first + 1, last - 1 do
    table.insert(parts, typed(inlines[index]))
  end
  table.insert(parts, closing:sub(1, stop - 1))
  return table.concat(parts)
end

--- Replace the first shortcode of a list of inlines; false when there is none.
local function replace_one(inlines, start)
  local first, opening, at = find(inlines, start, OPEN)
  if not first then
    return false
  end
  local last, closing, stop = find(inlines, first, CLOSE)
  if not last then
    bindings.fault("Koden “" .. pandoc.utils.stringify(inlines) .. "” mangler “>}}”.")
    return false
  end
  local key = between(inlines, first, last, opening, at, closing, stop)
  local done = pandoc.Inlines({})
  for index = 1, first - 1 do done:insert(inlines[index]) end
  if at > 1 then done:insert(pandoc.Str(opening:sub(1, at - 1))) end
  done:insert(M.resolve(key))
  local next_start = #done + 1
  local rest = closing:sub(stop + #CLOSE)
  if rest ~= "" then done:insert(pandoc.Str(rest)) end
  for index = last + 1, #inlines do done:insert(inlines[index]) end
  return true, done, next_start
end

--- All shortcodes of a list of inlines replaced.
function M.replace(inlines)
  local start, changed, found = 1, false, true
  while found do
    local done, after
    found, done, after = replace_one(inlines, start)
    if found then
      inlines, start, changed = done, after, true
    end
  end
  return changed and inlines or nil
end

-- Quarto has turned {{< … >}} into spans that hold the raw text.
local function from_quarto(span)
  local raw = span.attributes["data-raw"]
  if raw and span.classes:includes("quarto-shortcode__") then
    return M.resolve(raw:match("{{<%s*(.-)%s*>}}") or raw), false
  end
end

local function page_break()
  if FORMAT:match("typst") then
    return pandoc.RawBlock("typst", "#pagebreak(weak: true)")
  elseif FORMAT:match("docx") then
    return pandoc.RawBlock("openxml", '<w:p><w:r><w:br w:type="page"/></w:r></w:p>')
  end
  return {}
end

-- A placeholder that stands alone in its paragraph becomes a block.
local function alone(paragraph)
  local only = #paragraph.content == 1 and paragraph.content[1]
  local name = only and only.t == "Span" and (only.classes[1] or ""):match("^er%-(%a+)$")
  if name == "pagebreak" then
    return page_break()
  elseif name and BLOCKS[name] then
    return pandoc.Div({}, only.attr)
  end
end

-- “pct.” at the end of a sentence brings its full stop along.
local function one_full_stop(inlines)
  for index = 1, #inlines - 1 do
    local value, after = inlines[index], inlines[index + 1]
    if value.t == "Span" and after.t == "Str" and (value.classes[1] == "tal" or value.classes[1] == "fakta")
      and pandoc.utils.stringify(value):match("%.$") and after.text:match("^%.[^%.]*$") then
      after.text = after.text:sub(2)
    end
  end
  return inlines
end

--- The document with every shortcode resolved.
function M.apply(doc)
  if quarto then
    doc = doc:walk({ traverse = "topdown", Span = from_quarto })
  end
  doc = doc:walk({ Inlines = M.replace })
  doc = doc:walk({ Inlines = one_full_stop })
  return doc:walk({ Para = alone, Plain = alone })
end

return M

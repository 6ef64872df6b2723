-- Puts tables and figures, made elsewhere, into the document with number and caption.
local bindings = require("bindings")
local claims = require("claims")
local grid = require("grid")
local typst_table = require("typst_table")
local docx_table = require("docx_table")
local figures = require("figures")
local styles = require("styles")
local M = {}

local function capital(word)
  return word:sub(1, 1):upper() .. word:sub(2)
end

local function is_placeholder(block)
  return block.t == "Div" and (block.classes[1] == "er-tabel" or block.classes[1] == "er-figur")
end

-- Each number with its interval behind it, for a table that is printed with interval=ja.
local function with_intervals(html)
  return (html:gsub('(<td class="tal"[^>]-) data%-interval="([^"]*)"([^>]*)>([^<]*)</td>',
    '%1%3>%4\u{a0}<span class="interval">(%2)</span></td>'))
end

--- The semantic HTML of a result table, as the exhibits room wrote it.
local function table_html(name, intervals)
  local path = bindings.exhibits .. "/tables/" .. name .. ".html"
  local html = bindings.read(path)
  if not html then
    bindings.fault("Tabellen “" .. name .. "” findes ikke. Kør make report.")
  end
  return html and intervals == "ja" and with_intervals(html) or html
end

local function parsed_table(name, intervals)
  local html = table_html(name, intervals)
  for _, block in ipairs(html and pandoc.read(html, "html").blocks or {}) do
    if block.t == "Table" then return block end
  end
end

local function html_table(name, intervals)
  local html = table_html(name, intervals) or ""
  return pandoc.RawBlock("html", '<div class="tabelramme">\n' .. html .. "</div>")
end

-- Only the table's own blocks, without caption: what stands inside the frame.
local function body_of(block, caption)
  local name = block.attributes and block.attributes["navn"]
  local intervals = block.attributes and block.attributes["interval"]
  if block.t == "Div" and block.classes[1] == "er-figur" then
    return figures.body(name, caption)
  end
  if block.t == "Div" and FORMAT:match("html") then
    return html_table(name, intervals)
  end
  local tbl = block.t == "Div" and parsed_table(name, intervals) or block
  if tbl and tbl.t == "Table" and FORMAT:match("html") then
    return pandoc.Div(tbl, pandoc.Attr("", { "tabelramme" }))
  end
  if not tbl or tbl.t ~= "Table" or not (FORMAT:match("typst") or FORMAT:match("docx")) then
    return block.t ~= "Div" and block or nil
  end
  if FORMAT:match("typst") then
    local laid = grid.from(tbl)
    return pandoc.RawBlock("typst", "#" .. typst_table.write(laid)), laid.wide
  end
  local laid = grid.from(tbl)
  local title = caption and pandoc.utils.stringify(caption)
  return pandoc.RawBlock("openxml", docx_table.write(laid, title)), laid.wide
end

local function html_frame(id, kind, label, caption, body)
  local blocks = pandoc.Blocks({ pandoc.RawBlock("html", ('<figure id="%s" class="%s">'):format(id, kind)),
    pandoc.RawBlock("html", '<figcaption><span class="nummer">' .. label .. "</span>"),
    pandoc.Plain(caption), pandoc.RawBlock("html", "</figcaption>") })
  blocks:extend(body)
  blocks:insert(pandoc.RawBlock("html", "</figure>"))
  return blocks
end

local function typst_frame(id, kind, label, caption, body, tight)
  local open = ('#er-exhibit(kind: "%s", label: "%s", tight: %s, caption: ['):format(kind, label,
    tostring(tight))
  local blocks = pandoc.Blocks({ pandoc.RawBlock("typst", open), pandoc.Plain(caption),
    pandoc.RawBlock("typst", "])[") })
  blocks:extend(body)
  blocks:insert(pandoc.RawBlock("typst", "] <" .. id .. ">"))
  return blocks
end

-- The number is plain text, not a field: some word processors would count it anew, and wrongly.
local function docx_caption(id, label, caption)
  local number = pandoc.Span({ pandoc.Str(label:gsub(" ", "\u{a0}")) },
    pandoc.Attr("", {}, { { "custom-style", "Eksponatnummer" } }))
  local inlines = pandoc.Inlines({ pandoc.Span({}, pandoc.Attr(id)), number, pandoc.Str("\u{2002}") })
  inlines:extend(caption)
  return pandoc.Div(pandoc.Para(inlines), pandoc.Attr("", {}, { { "custom-style", "Caption" } }))
end

local function docx_frame(id, kind, label, caption, body, tight)
  local blocks = pandoc.Blocks({ docx_caption(id, label, caption) })
  blocks:extend(body)
  if kind == "tabel" and not tight then
    blocks:insert(pandoc.RawBlock("openxml", '<w:p><w:pPr><w:pStyle w:val="Tabelslut"/></w:pPr></w:p>'))
  end
  return blocks
end

local KINDS = { tbl = "tabel", fig = "figur" }

local function frame(div)
  local kind = KINDS[div.identifier:match("^(%a%a%a)%-") or ""]
  if not kind then
    return nil
  end
  local content = pandoc.Blocks(div.content)
  local last = content[#content]
  local caption = last and (last.t == "Para" or last.t == "Plain") and last.content or pandoc.Inlines({})
  if #caption > 0 then content:remove(#content) end
  local body, lying = pandoc.Blocks({}), false
  for _, block in ipairs(content) do
    local made, wide = body_of(block, caption)
    lying = lying or wide or false
    if made then
      if made.t then body:insert(made) else body:extend(made) end
    end
  end
  local label = capital(kind) .. " " .. (div.attributes["er-nummer"] or "")
  if lying then styles.lying[div.identifier] = true end
  local make = FORMAT:match("typst") and typst_frame or FORMAT:match("docx") and docx_frame or html_frame
  return make(div.identifier, kind, label, caption, body, styles.is_tight(div)), false
end

-- An exhibit whose result is absent gives way to one line, also outside .kraever.
local function absent(div)
  local kind = KINDS[div.identifier:match("^(%a%a%a)%-") or ""]
  for _, block in ipairs(kind and div.content or {}) do
    if is_placeholder(block) and bindings.absent[block.attributes["navn"]] then
      return claims.leave_out(div), false
    end
  end
end

--- Give way to one line where a table or figure is absent (before numbering).
function M.leave_out_absent(doc)
  return doc:walk({ traverse = "topdown", Div = absent })
end

--- The document with every table and figure in place.
function M.apply(doc)
  doc = doc:walk({ traverse = "topdown", Div = frame })
  return doc:walk({ Div = function(div)
    if is_placeholder(div) then return body_of(div) end
  end })
end

-- How many tables and figures may still be on their way when a heading of this level comes. A
-- chapter begins a page, before which they all find their place.
local WAITS = { [2] = 0, [3] = 1 }

--- On paper a section begins when the tables and figures of the last one have found their place; a
-- subsection only where they would else fall far behind. Counted here and not by Typst, whose
-- counters would have to be found by repeated layout, and it gives up after five.
function M.wait_at_headings(doc)
  if not FORMAT:match("typst") then return doc end
  local underway = 0
  return doc:walk({ traverse = "topdown", RawBlock = function(raw)
    if raw.text == styles.FLOATING then underway = underway + 1 end
  end, Header = function(header)
    local most = WAITS[header.level]
    if header.level == 1 then underway = 0 end
    if most == 0 or most and underway > most then
      underway = 0
      return { pandoc.RawBlock("typst", "#place.flush()"), header }, false
    end
  end })
end

return M

-- Gives every paragraph an id that stays while its words stay, whatever its numbers become.
local M = { index = {} }

local function stable_text(paragraph)
  local copy = pandoc.Para(paragraph.content):walk({
    Span = function(span)
      if span.classes:includes("tal") or span.classes:includes("fakta") then
        return pandoc.Str("#")
      elseif span.classes:includes("margenmaerke") then
        return {}
      end
    end,
    Note = function() return {} end })
  local text = pandoc.utils.stringify(copy):gsub("%d+", "#")
  local before
  repeat
    before = text
    text = text:gsub("#[%.,]#", "#")
  until text == before
  return text
end

local function id_for(paragraph, slug, seen)
  local id = "p-" .. slug .. "-" .. pandoc.utils.sha1(stable_text(paragraph)):sub(1, 8)
  seen[id] = (seen[id] or 0) + 1
  return seen[id] > 1 and id .. "-" .. seen[id] or id
end

local function slug_of(header)
  local slug = header.attributes["er-slug"] or "forside"
  return slug:gsub("[^%w%-]", ""):sub(1, 24):gsub("%-$", "")
end

local function with_id(paragraph, id)
  if FORMAT:match("docx") then
    paragraph.content:insert(1, pandoc.Span({}, pandoc.Attr(id)))
    return paragraph
  end
  return pandoc.Div(paragraph, pandoc.Attr(id, {}, { { "wrapper", "1" } }))
end

--- The document with ids on its paragraphs (HTML id, bookmark in Word). PDF has none.
function M.apply(doc, slug)
  local seen = {}
  local file = "index.qmd"
  M.index = {}
  return doc:walk({ traverse = "topdown",
    RawBlock = function(block)
      file = block.format == "evalrapport" and block.text:match("^file (%S+)") or file
    end,
    Header = function(header) slug = slug_of(header) end,
    Note = function(note) return note, false end,
    Table = function(tbl) return tbl, false end,
    Div = function(div)
      if div.identifier:match("^tbl%-") or div.identifier:match("^fig%-") or div.identifier == "refs"
        or div.attributes["custom-style"] == "Caption" or div.attributes["custom-style"] == "Figur" then
        return div, false
      end
    end,
    Para = function(paragraph)
      if pandoc.utils.stringify(paragraph) == "" then return nil end
      local id = id_for(paragraph, slug, seen)
      M.index[id] = { file = file }
      if FORMAT:match("typst") then return nil end
      return with_id(paragraph, id), false
    end })
end

return M

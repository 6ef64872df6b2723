-- Numbers chapters, sections, tables and figures, and keeps an index of where each stands.
--
-- Numbering is ours in both renderers, so that “tabel 3.1” is the same in all of them: chapters
-- 1, 2 …; appendices (files that the book lists under `appendices`, or headings of class .bilag)
-- B1, B2 …; tables and figures per chapter.
local M = { index = {}, chapters = {} }

local WORDS = { tbl = "tabel", fig = "figur" }
local state

local function reset()
  state = { chapter = 0, appendix = 0, number = nil, base = 1, levels = {}, tbl = 0, fig = 0,
    file = "index.qmd", in_appendix = false, slug = "forside" }
end

local function start_chapter(header)
  state.base, state.levels, state.tbl, state.fig = header.level, {}, 0, 0
  local appendix = state.in_appendix or header.classes:includes("bilag")
  if header.classes:includes("unnumbered") then
    state.number = nil
  elseif appendix then
    state.appendix = state.appendix + 1
    state.number = "B" .. state.appendix
  else
    state.chapter = state.chapter + 1
    state.number = tostring(state.chapter)
  end
  state.appendix_word = appendix
end

local function section_number(header)
  if not state.number or header.classes:includes("unnumbered") then
    return nil
  end
  local depth = header.level - state.base
  if depth > 2 then
    return nil
  end
  state.levels[depth] = (state.levels[depth] or 0) + 1
  for deeper = depth + 1, 6 do state.levels[deeper] = nil end
  local parts = { state.number }
  for level = 1, depth do table.insert(parts, tostring(state.levels[level] or 0)) end
  return table.concat(parts, ".")
end

-- “Bilag 1” in the heading of an appendix itself, plain numbers elsewhere.
local function printed_number(number)
  local appendix = number and number:match("^B(%d+)$")
  return appendix and ("Bilag " .. appendix) or number
end

local function enter_header(header)
  local opens = header.level == 1 or header.classes:includes("bilag")
  local number
  if opens then
    start_chapter(header)
    number = state.number
    state.slug = header.identifier:gsub("^sec%-", "")
  else
    number = section_number(header)
  end
  local word = "afsnit"
  if opens then
    word = state.appendix_word and "bilag" or "kapitel"
  end
  M.index[header.identifier] = { kind = "sec", word = word, number = number,
    text = pandoc.utils.stringify(header.content), level = header.level, file = state.file, opens = opens }
  if header.level <= 2 then
    table.insert(M.chapters, { id = header.identifier, number = printed_number(number),
      text = pandoc.utils.stringify(header.content), level = header.level, file = state.file })
  end
  header.attributes["er-slug"] = state.slug
  if number then
    header.attributes["er-nummer"] = printed_number(number)
  end
  return header
end

local function enter_exhibit(div)
  local kind = div.identifier:match("^(%a%a%a)%-")
  if not WORDS[kind] then
    return nil
  end
  state[kind] = state[kind] + 1
  local number = (state.number and state.number .. "." or "") .. state[kind]
  M.index[div.identifier] = { kind = kind, word = WORDS[kind], number = number, file = state.file }
  div.attributes["er-nummer"] = number
  return div
end

-- ```{=evalrapport}``` marks where each file of the book begins.
local function enter_file(block)
  local file, kind = block.text:match("^file (%S+) ?(%S*)")
  if block.format == "evalrapport" and file then
    state.file, state.in_appendix = file, kind == "appendix"
  end
end

--- Number the whole book, and make the index.
function M.apply(doc)
  reset()
  M.index, M.chapters = {}, {}
  return doc:walk({ traverse = "topdown", Header = enter_header, Div = enter_exhibit,
    RawBlock = enter_file })
end

--- Look the numbers up in an index made earlier; `slug` is that of the chapter the text begins in.
function M.look_up(doc, known, slug)
  M.index, M.chapters = known.index, known.chapters
  local function found(element)
    local entry = known.index[element.identifier]
    if entry and entry.number then
      element.attributes["er-nummer"] = entry.kind == "sec" and printed_number(entry.number) or entry.number
    end
    if element.t == "Header" then
      if entry and entry.opens then slug = element.identifier:gsub("^sec%-", "") end
      element.attributes["er-slug"] = slug
    end
    return element
  end
  return doc:walk({ traverse = "topdown", Header = found, Div = found })
end

--- Print the numbers into the headings, as the format wants them.
function M.print_numbers(doc)
  return doc:walk({ Header = function(header)
    local number = header.attributes["er-nummer"]
    header.attributes["er-nummer"], header.attributes["er-slug"] = nil, nil
    if number and FORMAT:match("typst") then
      header.content:insert(1, pandoc.RawInline("typst", '#er-nr("' .. number .. '")'))
    elseif number and FORMAT:match("docx") then
      header.content:insert(1, pandoc.Str(number .. "\u{2003}"))
    elseif number then
      header.content:insert(1, pandoc.Space())
      header.content:insert(1, pandoc.Span(number, pandoc.Attr("", { "nummer" })))
    end
    return header
  end })
end

return M

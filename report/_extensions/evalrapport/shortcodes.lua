-- Registers our shortcodes with Quarto. The filter resolves them before Quarto looks at them; these
-- handlers answer only where a shortcode stands outside running text (in an attribute, say).
local folder = pandoc.path.directory(debug.getinfo(1, "S").source:gsub("^@", ""))
package.path = pandoc.path.join({ folder, "lua", "?.lua" }) .. ";" .. package.path

local function handler(name)
  return function(args, kwargs, meta)
    local bindings, shortcode = require("bindings"), require("shortcode")
    if not bindings.data then
      bindings.load(meta)
    end
    local words = { name }
    for _, argument in ipairs(args) do
      table.insert(words, pandoc.utils.stringify(argument))
    end
    for key, value in pairs(kwargs) do
      table.insert(words, key .. "=" .. pandoc.utils.stringify(value))
    end
    local found = shortcode.resolve(table.concat(words, " "))
    bindings.stop_on_faults()
    return found
  end
end

return { tal = handler("tal"), fakta = handler("fakta"), tabel = handler("tabel"), figur = handler("figur") }

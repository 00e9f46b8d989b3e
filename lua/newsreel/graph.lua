--- Frames as graphs: GEXF 1.3 (with time), GraphML, DOT.
--
-- The first two columns are the ends of an edge, a column of periods its time, numbers its attributes. Edges are
-- undirected where the columns are `actor` and `actor2`, else they go from the first to the second.
local core = require "newsreel.core"

local graph = {}

local PERIODS = { day = true, week = true, month = true, quarter = true, year = true }

local function xml(text)
  return (tostring(text):gsub("[&<>\"\x00-\x08\x0B\x0C\x0E-\x1F]", function(char)
    return ({ ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;" })[char] or "?"
  end))
end

local function number(value)
  return math.type(value) == "integer" and ("%d"):format(value)
    or value == value // 1 and ("%d"):format(value) or ("%.10g"):format(value)
end

---Nodes in order of their names, edges in order of the rows; rows of one edge in several periods are one.
---@return table # nodes, ids by name, edges, names of the numbers, period?, weight?, directed
local function read(frame, given)
  local columns = core.frame_columns(frame)
  if #columns < 2 or columns[1].type == "number" or columns[2].type == "number" then
    core.raise 'a graph needs two columns of names first, as in who:pair(who):by("actor", "actor2"):count()'
  end
  local made = { nodes = {}, ids = {}, edges = {}, numbers = {}, directed = columns[2].name ~= columns[1].name .. "2" }
  for i = 3, #columns do
    local name = columns[i].name
    if PERIODS[name] then
      made.period = made.period or name
    elseif columns[i].type == "number" then
      made.numbers[#made.numbers + 1] = name
    end
  end
  made.weight = given and given.value or made.numbers[1]
  local known = {}
  for row in frame:each() do
    local from, to = row[columns[1].name], row[columns[2].name]
    local some = #made.numbers == 0
    for _, name in ipairs(made.numbers) do
      some = some or type(row[name]) == "number" and row[name] ~= 0
    end
    if some and type(from) == "string" and type(to) == "string" then -- periods that are only filled in are no edges
      made.ids[from], made.ids[to] = 0, 0
      local edge = known[from .. "\0" .. to]
      if not edge then
        edge = { from = from, to = to, times = {} }
        known[from .. "\0" .. to], made.edges[#made.edges + 1] = edge, edge
      end
      local time = { period = made.period and row[made.period] }
      for _, name in ipairs(made.numbers) do
        local value = row[name]
        time[name] = type(value) == "number" and value or nil
      end
      edge.times[#edge.times + 1] = time
    end
  end
  for name in pairs(made.ids) do
    made.nodes[#made.nodes + 1] = name
  end
  table.sort(made.nodes)
  for i, name in ipairs(made.nodes) do
    made.ids[name] = i
  end
  return made
end

---The number of an edge: its sum over periods; nil where no row has one.
local function total(edge, name)
  local sum
  for _, time in ipairs(edge.times) do
    sum = time[name] and (sum or 0) + time[name] or sum
  end
  return sum
end

-- First and last day of a period as rows write it.
local function bounds(period)
  if type(period) ~= "string" or not period:find "^%d" then
    return nil
  end
  return core.period(period)
end

local function add(out, text, ...)
  out[#out + 1] = select("#", ...) > 0 and text:format(...) or text
end

local function spells(out, edge)
  add(out, "        <spells>")
  for _, time in ipairs(edge.times) do
    local first, last = bounds(time.period)
    if first then
      add(out, '          <spell start="%s" end="%s"/>', first, last)
    end
  end
  add(out, "        </spells>")
end

local function gexf_values(out, edge, made)
  add(out, "        <attvalues>")
  for i, name in ipairs(made.numbers) do
    for _, time in ipairs(made.period and edge.times or { { [name] = total(edge, name) } }) do
      local first, last = bounds(time.period)
      if time[name] and (first or not made.period) then
        local when = first and (' start="%s" end="%s"'):format(first, last) or ""
        add(out, '          <attvalue for="%d" value="%s"%s/>', i - 1, number(time[name]), when)
      end
    end
  end
  add(out, "        </attvalues>")
end

---A frame as GEXF 1.3; with a column of periods the edges have spells and values in time.
---@param frame newsreel.Frame
---@param given? {value?: string}
---@return string
function graph.gexf(frame, given)
  local made, out = read(frame, given), {}
  add(out, '<?xml version="1.0" encoding="UTF-8"?>')
  add(out, '<gexf xmlns="http://gexf.net/1.3" version="1.3">')
  add(out, '  <graph defaultedgetype="%s"%s>', made.directed and "directed" or "undirected",
    made.period and ' mode="dynamic" timeformat="date" timerepresentation="interval"' or ' mode="static"')
  add(out, '    <attributes class="edge"%s>', made.period and ' mode="dynamic"' or "")
  for i, name in ipairs(made.numbers) do
    add(out, '      <attribute id="%d" title="%s" type="double"/>', i - 1, xml(name))
  end
  add(out, "    </attributes>")
  add(out, "    <nodes>")
  for i, name in ipairs(made.nodes) do
    add(out, '      <node id="%d" label="%s"/>', i, xml(name))
  end
  add(out, "    </nodes>")
  add(out, "    <edges>")
  for i, edge in ipairs(made.edges) do
    local weight = made.weight and total(edge, made.weight)
    add(out, '      <edge id="%d" source="%d" target="%d"%s>', i, made.ids[edge.from], made.ids[edge.to],
      weight and (' weight="%s"'):format(number(weight)) or "")
    gexf_values(out, edge, made)
    if made.period then
      spells(out, edge)
    end
    add(out, "      </edge>")
  end
  add(out, "    </edges>")
  add(out, "  </graph>")
  add(out, "</gexf>")
  return table.concat(out, "\n") .. "\n"
end

---A frame as GraphML; periods are added up.
---@param frame newsreel.Frame
---@param given? {value?: string}
---@return string
function graph.graphml(frame, given)
  local made, out = read(frame, given), {}
  add(out, '<?xml version="1.0" encoding="UTF-8"?>')
  add(out, '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">')
  add(out, '  <key id="label" for="node" attr.name="label" attr.type="string"/>')
  for _, name in ipairs(made.numbers) do
    add(out, '  <key id="%s" for="edge" attr.name="%s" attr.type="double"/>', xml(name), xml(name))
  end
  add(out, '  <graph edgedefault="%s">', made.directed and "directed" or "undirected")
  for i, name in ipairs(made.nodes) do
    add(out, '    <node id="n%d"><data key="label">%s</data></node>', i, xml(name))
  end
  for i, edge in ipairs(made.edges) do
    add(out, '    <edge id="e%d" source="n%d" target="n%d">', i, made.ids[edge.from], made.ids[edge.to])
    for _, name in ipairs(made.numbers) do
      local value = total(edge, name)
      if value then
        add(out, '      <data key="%s">%s</data>', xml(name), number(value))
      end
    end
    add(out, "    </edge>")
  end
  add(out, "  </graph>")
  add(out, "</graphml>")
  return table.concat(out, "\n") .. "\n"
end

local function quoted(text)
  return '"' .. text:gsub('[\\"]', "\\%0"):gsub("\n", "\\n") .. '"'
end

---A frame as a graph of Graphviz; periods are added up.
---@param frame newsreel.Frame
---@param given? {value?: string}
---@return string
function graph.dot(frame, given)
  local made, out = read(frame, given), {}
  add(out, made.directed and "digraph {" or "graph {")
  for _, edge in ipairs(made.edges) do
    local values = {}
    for _, name in ipairs(made.numbers) do
      local value = total(edge, name)
      values[#values + 1] = value and ("%s=%s"):format(quoted(name), number(value)) or nil
    end
    local weight = made.weight and total(edge, made.weight)
    if weight then
      values[#values + 1] = "weight=" .. number(math.max(0, weight // 1))
    end
    add(out, "  " .. quoted(edge.from) .. (made.directed and " -> " or " -- ") .. quoted(edge.to)
      .. " [" .. table.concat(values, ", ") .. "];")
  end
  add(out, "}")
  return table.concat(out, "\n") .. "\n"
end

return graph

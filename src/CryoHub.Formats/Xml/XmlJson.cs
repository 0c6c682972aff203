using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using CryoHub.Imaging;

namespace CryoHub.Formats.Xml;

/// <summary>An XML element as the metadata tree shows it: repeated names become arrays, attributes keep their names, numbers become numbers.</summary>
internal static class XmlJson
{
    // Longer leaves are pixels, palettes or spectra in text form, not metadata.
    private const int LongestLeaf = 4096;

    public static JsonNode? Convert(XElement element)
    {
        if (!element.HasElements && !element.HasAttributes)
        {
            return Leaf(element.Value);
        }

        var group = new JsonObject();
        foreach (var attribute in element.Attributes())
        {
            group[attribute.Name.LocalName] = Leaf(attribute.Value);
        }

        foreach (var child in element.Elements())
        {
            Add(group, child.Name.LocalName, Convert(child));
        }

        if (!element.HasElements && element.Value.Trim().Length > 0)
        {
            Add(group, "#text", Leaf(element.Value));
        }

        return group;
    }

    public static JsonNode? Leaf(string text)
    {
        text = text.Trim();
        return text.Length > LongestLeaf ? null
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? MetadataTree.Leaf(number)
            : JsonValue.Create(text);
    }

    private static void Add(JsonObject group, string name, JsonNode? value)
    {
        if (!group.TryGetPropertyValue(name, out var there))
        {
            group[name] = value;
        }
        else if (there is JsonArray list)
        {
            list.Add(value);
        }
        else
        {
            group.Remove(name);
            group[name] = new JsonArray(there, value);
        }
    }
}

using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using CryoHub.Imaging;

namespace CryoHub.Formats.Tiff.Ome;

/// <summary>
/// What the values of a label image stand for, as OME's own map annotations (schema 2016-06): one of names, one of colours, from value to text. Programs that know nothing of the two
/// namespaces show them as they stand.
/// </summary>
internal static partial class OmeLabels
{
    private const string Names = "cryohub/labels/names";
    private const string Colours = "cryohub/labels/colours";
    private const string NoColour = "#E8EDF1";

    /// <summary>Adds the annotations to the document and their references to its image; nothing where there are no labels.</summary>
    public static void Add(XElement ome, XElement image, IReadOnlyList<LabelClass>? labels)
    {
        if (labels is not { Count: > 0 })
        {
            return;
        }

        var space = ome.Name.Namespace;
        image.Add(Reference(0), Reference(1));
        ome.Add(new XElement(space + "StructuredAnnotations", Map(0, Names, label => label.Name), Map(1, Colours, label => label.Colour)));

        XElement Reference(int id) => new(space + "AnnotationRef", new XAttribute("ID", $"Annotation:{id}"));

        XElement Map(int id, string name, Func<LabelClass, string> text) => new(
            space + "MapAnnotation", new XAttribute("ID", $"Annotation:{id}"), new XAttribute("Namespace", name),
            new XElement(space + "Value", labels.Select(label => new XElement(space + "M", new XAttribute("K", label.Value), OmeText.Clean(text(label))))));
    }

    /// <summary>The labels of a document; <c>null</c> where it names none. What is no value or no colour is left out.</summary>
    public static IReadOnlyList<LabelClass>? Of(XElement ome)
    {
        var colours = Map(ome, Colours).Where(pair => Colour().IsMatch(pair.Value)).ToDictionary();
        LabelClass[] labels = [.. Map(ome, Names).Where(pair => pair.Value.Length > 0).Select(pair => new LabelClass(pair.Key, pair.Value, colours.GetValueOrDefault(pair.Key, NoColour))).OrderBy(label => label.Value)];
        return labels.Length > 0 ? labels : null;
    }

    private static Dictionary<int, string> Map(XElement ome, string name) => ome.Descendants()
        .Where(element => element.Name.LocalName == "MapAnnotation" && (string?)element.Attribute("Namespace") == name)
        .SelectMany(map => map.Descendants().Where(element => element.Name.LocalName == "M"))
        .Select(pair => (IsValue: int.TryParse((string?)pair.Attribute("K"), NumberStyles.None, CultureInfo.InvariantCulture, out var value), Value: value, Text: pair.Value.Trim()))
        .Where(pair => pair.IsValue).DistinctBy(pair => pair.Value).ToDictionary(pair => pair.Value, pair => pair.Text);

    [GeneratedRegex("^#[0-9A-Fa-f]{6}$")]
    private static partial Regex Colour();
}

using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using CryoHub.Formats.Xml;
using CryoHub.Imaging;

namespace CryoHub.Formats.Bruker;

/// <summary>What Bruker's Esprit software writes as XML: elements named after Delphi classes.</summary>
internal static partial class EspritXml
{
    public static XElement Parse(ReadOnlySpan<byte> bytes, string what) => SafeXml.Parse(bytes, what);

    /// <summary>The first child that is an instance of a class.</summary>
    public static XElement? Instance(this XElement? element, string type) => element?.Elements("ClassInstance").FirstOrDefault(child => (string?)child.Attribute("Type") == type);

    public static string? Text(this XElement? element, string name) => element?.Element(name)?.Value.Trim() is { Length: > 0 } text ? text : null;

    /// <summary>A number; Esprit writes the decimal separator of the country it was run in.</summary>
    public static double? Number(this XElement? element, string name) =>
        element.Text(name) is { } text && double.TryParse(DecimalComma().Replace(text, "$1.$2"), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    /// <summary>A size that must be there; the largest maps have some thousand pixels a side.</summary>
    public static int Size(this XElement element, string name) =>
        element.Number(name) is { } number && number is >= 1 and <= 1 << 20 ? (int)number
            : throw ProblemException.Unreadable($"The header's {element.Name} has no usable {name} (\"{element.Text(name)}\").");

    /// <summary>Date and time of a node as ISO 8601, without a time zone.</summary>
    public static string? Moment(this XElement? element) =>
        DateTime.TryParseExact($"{element.Text("Date")} {element.Text("Time")}", "d.M.yyyy H:m:s", CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
            ? moment.ToString("s", CultureInfo.InvariantCulture)
            : null;

    [GeneratedRegex(@"^(-?\d+),(\d*(?:[Ee]-?\d+)?)$")]
    private static partial Regex DecimalComma();
}

using System.Globalization;
using System.Xml.Linq;
using CryoHub.Imaging;

namespace CryoHub.Formats.Hmsa;

/// <summary>What an HMSA file says of instrument, beam, detectors and scan; a data set may name the conditions that are its own.</summary>
internal sealed class HmsaConditions(XElement root)
{
    private readonly XElement? header = root.Element("Header");
    private readonly List<XElement> all = [.. root.Element("Conditions")?.Elements() ?? []];

    public AcquisitionMetadata Metadata(XElement data)
    {
        var probe = Of(data, "Probe").FirstOrDefault();
        var instrument = Of(data, "Instrument").FirstOrDefault();
        var detector = Of(data, "Detector").FirstOrDefault();
        return new()
        {
            BeamEnergyKeV = Number(probe?.Element("BeamVoltage")) * (Unit(probe?.Element("BeamVoltage")) == "V" ? 1e-3 : 1),
            Magnification = Number(probe?.Element("ScanMagnification")),
            Instrument = Words(instrument?.Element("Manufacturer"), instrument?.Element("Model")),
            Detector = Words(detector?.Element("Manufacturer"), detector?.Element("Model")),
            AcquiredAt = header?.Element("Date")?.Value.Trim() is { Length: > 0 } date ? header.Element("Time")?.Value.Trim() is { Length: > 0 } time ? $"{date}T{time}" : date : null,
        };
    }

    /// <summary>The axis of the channels, calibrated by the detector that has as many.</summary>
    public Axis Channels(XElement data, long size)
    {
        var plain = new Axis("Channel", size, "", AxisRole.Energy);
        var calibration = Of(data, "Detector").Where(detector => Number(detector.Element("ChannelCount")) is not { } count || count == size)
            .Select(detector => detector.Element("Calibration")).FirstOrDefault(found => found is not null);
        var (unit, quantity) = (calibration?.Element("Unit")?.Value.Trim() ?? "", calibration?.Element("Quantity")?.Value.Trim() is { Length: > 0 } stated ? stated : "Channel");
        switch (calibration?.Attribute("Class")?.Value)
        {
            case "Linear" when Number(calibration.Element("Gain")) is { } gain and not 0:
                return new Axis(quantity, size, unit, AxisRole.Energy, gain, Number(calibration.Element("Offset")) ?? 0);
            case "Polynomial" when Numbers(calibration.Element("Coefficients")) is { Count: > 0 } coefficients && size <= int.MaxValue:
                // The highest power comes first.
                return new Axis(quantity, size, unit, AxisRole.Energy, Values: [.. Enumerable.Range(0, (int)size).Select(i => coefficients.Aggregate(0.0, (sum, c) => (sum * i) + c))]);
            case "Explicit" when Numbers(calibration.Element("Values")) is { } values && values.Count == size:
                return new Axis(quantity, size, unit, AxisRole.Energy, Values: values);
            default:
                return plain;
        }
    }

    /// <summary>An axis of the scan; <paramref name="name"/> is X, Y, Z or that of a line.</summary>
    public Axis Place(XElement data, string name, long size)
    {
        var acquisition = Of(data, "Acquisition").FirstOrDefault();
        var step = acquisition?.Element($"StepSize{name}") ?? acquisition?.Element("StepSize");
        return Number(step) is > 0 and var length && Unit(step) is { Length: > 0 } unit
            ? new Axis(name.ToLowerInvariant(), size, unit, AxisRole.Space, length)
            : new Axis(name.ToLowerInvariant(), size, "", name is "X" or "Y" or "Z" ? AxisRole.Space : AxisRole.Index);
    }

    private static string Unit(XElement? element) => element?.Attribute("Unit")?.Value.Trim() ?? "";

    private static double? Number(XElement? element) =>
        double.TryParse(element?.Value.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static List<double>? Numbers(XElement? element)
    {
        var numbers = new List<double>();
        foreach (var part in (element?.Value ?? "").Split([',', ' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (!double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
            {
                return null;
            }

            numbers.Add(number);
        }

        return numbers;
    }

    private static string? Words(params XElement?[] elements) =>
        string.Join(' ', elements.Select(element => element?.Value.Trim()).Where(text => text is { Length: > 0 })) is { Length: > 0 } words ? words : null;

    /// <summary>Conditions of one kind: those the data set names; where it names none of the kind, all of them.</summary>
    private IEnumerable<XElement> Of(XElement data, string kind)
    {
        var named = data.Element("IncludeConditions")?.Elements().Select(id => id.Value.Trim()).ToHashSet() ?? [];
        var ofKind = all.Where(condition => condition.Name.LocalName == kind).ToList();
        return ofKind.Where(condition => named.Contains((string?)condition.Attribute("ID") ?? "")).ToList() is { Count: > 0 } own ? own : ofKind;
    }
}

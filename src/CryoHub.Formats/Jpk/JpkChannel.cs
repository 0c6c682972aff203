using CryoHub.Formats.Bytes;
using CryoHub.Imaging;

namespace CryoHub.Formats.Jpk;

/// <summary>How the numbers of a channel become values: the encoder's line, then the chain of conversions up to the default one.</summary>
/// <param name="properties">Where the channel is described.</param>
/// <param name="at">Beginning of its keys.</param>
internal sealed class JpkChannel(JpkProperties properties, string at)
{
    private const int LongestChain = 16;

    /// <summary>Bytes of one stored number.</summary>
    public int NumberBytes => Type switch
    {
        "signedshort" or "unsignedshort" or "short" or "short-data" => 2,
        "signedinteger" or "unsignedinteger" or "integer-data" or "memory-integer-data" or "float" or "float-data" or "memory-float-data" => 4,
        "signedlong" or "double" or "double-data" => 8,
        _ => throw ProblemException.Unreadable($"A channel is encoded as \"{Type}\"; short, integer, long, float and double are known."),
    };

    /// <summary>Unit of the decoded values: the last one that encoder and conversions state.</summary>
    public string Unit => Chain().Select(slot => properties.Text($"{slot}.scaling.unit.unit")).LastOrDefault(unit => unit is not null)
        ?? properties.Text($"{at}encoder.scaling.unit.unit") ?? properties.Text($"{at}unit.unit") ?? "";

    // Without an encoder they are floats.
    private string Type => properties.Text($"{at}encoder.type") ?? properties.Text($"{at}type") ?? "float";

    /// <summary>Newer files describe a channel by its number in the data that all segments share.</summary>
    public static JpkChannel Of(JpkProperties segment, JpkProperties? shared, string name) =>
        segment.Text($"channel.{name}.lcd-info.*") is { } number && shared is not null
            ? new JpkChannel(shared, $"lcd-info.{number}.")
            : new JpkChannel(Moved(segment, name), "");

    /// <summary>The values in <see cref="Unit"/>.</summary>
    public double[] Decode(byte[] bytes)
    {
        var values = Numbers(bytes);
        Apply(values, $"{at}encoder.scaling");
        foreach (var slot in Chain())
        {
            Apply(values, $"{slot}.scaling");
        }

        return values;
    }

    /// <summary>Older files describe a channel in the segment itself: its encoder below "data", its conversions beside it.</summary>
    private static JpkProperties Moved(JpkProperties properties, string name)
    {
        var lines = properties.Original.Where(pair => pair.Key.StartsWith($"channel.{name}.", StringComparison.Ordinal))
            .Select(pair => $"{pair.Key[$"channel.{name}.".Length..].Replace("data.encoder.", "encoder.", StringComparison.Ordinal).Replace("data.type", "type", StringComparison.Ordinal)}={pair.Value}");
        return JpkProperties.Parse(System.Text.Encoding.Latin1.GetBytes(string.Join('\n', lines)));
    }

    /// <summary>Numbers are big endian.</summary>
    private double[] Numbers(byte[] bytes)
    {
        var (type, size) = (Type, NumberBytes);
        var reader = new BlockReader(bytes, bigEndian: true);
        var values = new double[bytes.Length / size];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = type switch
            {
                "unsignedshort" => reader.UInt16(),
                "unsignedinteger" => reader.UInt32(),
                "signedlong" => reader.Int64(),
                _ when size == 2 => reader.Int16(),
                _ when size == 8 => reader.Float64(),
                _ => type.Contains("float", StringComparison.Ordinal) ? reader.Float32() : reader.Int32(),
            };
        }

        return values;
    }

    /// <summary>The default conversion builds on another, which builds on another, down to what the encoder gives.</summary>
    private List<string> Chain()
    {
        var chain = new List<string>();
        var (name, first) = (properties.Text($"{at}conversion-set.conversions.default"), properties.Text($"{at}conversion-set.conversions.base"));
        while (name is not null && name != first && chain.Count < LongestChain)
        {
            var slot = $"{at}conversion-set.conversion.{name}";
            if (properties.Text($"{slot}.defined") != "true")
            {
                return [];
            }

            chain.Insert(0, slot);
            name = properties.Text($"{slot}.base-calibration-slot");
        }

        return chain;
    }

    private void Apply(double[] values, string scaling)
    {
        var (offset, factor) = (properties.Number($"{scaling}.offset") ?? 0, properties.Number($"{scaling}.multiplier") ?? 1);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = offset + (factor * values[i]);
        }
    }
}

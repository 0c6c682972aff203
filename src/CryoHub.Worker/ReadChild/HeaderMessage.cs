using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using CryoHub.Imaging;
using CryoHub.Imaging.Crystals;
using CryoHub.Imaging.Tables;

namespace CryoHub.Worker.ReadChild;

/// <summary>A signal's header on its way from the child.</summary>
internal sealed partial record HeaderMessage(
    string Name, SignalKind Kind, PixelType Pixel, IReadOnlyList<Axis> Axes, AcquisitionMetadata Metadata, JsonObject Original, IReadOnlyList<SignalColumn>? Columns, Crystal? Crystal, string ValueUnit,
    IReadOnlyList<LabelClass>? Labels)
{
    private const int MostLabels = 65_536;
    private const int LongestLabel = 400;

    public static HeaderMessage Of(SignalHeader header) =>
        new(header.Name, header.Kind, header.Pixel, header.Axes, header.Metadata, header.Original.Root, header.Columns, header.Crystal, header.ValueUnit, header.Labels);

    /// <summary>The header, if it can be one: what a child says is believed only within bounds.</summary>
    public SignalHeader ToHeader()
    {
        if (!Enum.IsDefined(Kind) || !Enum.IsDefined(Pixel) || Axes.Any(axis => axis.Size < 0 || (axis.Values is { } values && values.Count != axis.Size)))
        {
            throw ProblemException.Unreadable($"The reader described {Name} as {Kind} of {Pixel} with {string.Join(" x ", Axes.Select(axis => axis.Size))} points, which is no signal.");
        }

        if (Columns is not null && (Axes.Count == 0 || Axes[^1].Size != Columns.Count))
        {
            throw ProblemException.Unreadable($"The reader described {Name} with {Columns.Count} columns and {string.Join(" x ", Axes.Select(axis => axis.Size))} points.");
        }

        if (Labels is not null && (Labels.Count > MostLabels || Labels.Any(label => label.Name.Length is 0 or > LongestLabel || !Colour().IsMatch(label.Colour))))
        {
            throw ProblemException.Unreadable($"The reader described {Name} with {Labels.Count} labels, of which up to {MostLabels} can be, each with a name of up to {LongestLabel} characters and a colour.");
        }

        return new(Name, Kind, Pixel, Axes, Metadata, new MetadataTree(Original)) { Columns = Columns, Crystal = Crystal, ValueUnit = ValueUnit, Labels = Labels };
    }

    [GeneratedRegex("^#[0-9A-Fa-f]{6}$")]
    private static partial Regex Colour();
}

/// <summary>Serialisers made at build time: the child starts faster without reflection.</summary>
[JsonSourceGenerationOptions(NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, MaxDepth = 256)]
[JsonSerializable(typeof(List<HeaderMessage>))]
internal sealed partial class HeaderMessages : JsonSerializerContext;

using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using CryoHub.Imaging;
using CryoHub.Imaging.Crystals;
using CryoHub.Imaging.Tables;

namespace CryoHub.Worker.ReadChild;

/// <summary>A signal's header on its way from the child.</summary>
internal sealed record HeaderMessage(
    string Name, SignalKind Kind, PixelType Pixel, IReadOnlyList<Axis> Axes, AcquisitionMetadata Metadata, JsonObject Original, IReadOnlyList<SignalColumn>? Columns, Crystal? Crystal, string ValueUnit)
{
    public static HeaderMessage Of(SignalHeader header) =>
        new(header.Name, header.Kind, header.Pixel, header.Axes, header.Metadata, header.Original.Root, header.Columns, header.Crystal, header.ValueUnit);

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

        return new(Name, Kind, Pixel, Axes, Metadata, new MetadataTree(Original)) { Columns = Columns, Crystal = Crystal, ValueUnit = ValueUnit };
    }
}

/// <summary>Serialisers made at build time: the child starts faster without reflection.</summary>
[JsonSourceGenerationOptions(NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, MaxDepth = 256)]
[JsonSerializable(typeof(List<HeaderMessage>))]
internal sealed partial class HeaderMessages : JsonSerializerContext;

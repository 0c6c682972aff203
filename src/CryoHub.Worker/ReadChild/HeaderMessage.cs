using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using CryoHub.Imaging;

namespace CryoHub.Worker.ReadChild;

/// <summary>A signal's header on its way from the child.</summary>
internal sealed record HeaderMessage(string Name, SignalKind Kind, PixelType Pixel, IReadOnlyList<Axis> Axes, AcquisitionMetadata Metadata, JsonObject Original)
{
    public static HeaderMessage Of(SignalHeader header) => new(header.Name, header.Kind, header.Pixel, header.Axes, header.Metadata, header.Original.Root);

    /// <summary>The header, if it can be one: what a child says is believed only within bounds.</summary>
    public SignalHeader ToHeader()
    {
        if (!Enum.IsDefined(Kind) || !Enum.IsDefined(Pixel) || Axes.Any(axis => axis.Size < 0 || (axis.Values is { } values && values.Count != axis.Size)))
        {
            throw ProblemException.Unreadable($"The reader described {Name} as {Kind} of {Pixel} with {string.Join(" x ", Axes.Select(axis => axis.Size))} points, which is no signal.");
        }

        return new(Name, Kind, Pixel, Axes, Metadata, new MetadataTree(Original));
    }
}

/// <summary>Serialisers made at build time: the child starts faster without reflection.</summary>
[JsonSourceGenerationOptions(NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, MaxDepth = 256)]
[JsonSerializable(typeof(List<HeaderMessage>))]
internal sealed partial class HeaderMessages : JsonSerializerContext;

using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CryoHub.Platform.Datasets;

/// <summary>One signal of a data set: its header, what is known of its pixels, and where its zarr group lies.</summary>
public sealed class Signal
{
    public Guid DatasetId { get; init; }

    public Dataset Dataset { get; init; } = null!;

    public int Index { get; init; }

    public string Name { get; init; } = "";

    /// <summary>Kebab-case kind, for instance <c>tilt-series</c>.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Pixel type by name, for instance <c>uint16</c>.</summary>
    public string PixelType { get; init; } = "";

    public long[] Shape { get; init; } = [];

    /// <summary>The axes as the API shows them.</summary>
    public JsonDocument Axes { get; init; } = null!;

    /// <summary>Normalised acquisition metadata.</summary>
    public JsonDocument Metadata { get; init; } = null!;

    /// <summary>The file's own metadata tree.</summary>
    public JsonDocument Original { get; init; } = null!;

    /// <summary>Columns of a table, trace, point cloud or model: name, unit and, for text, words.</summary>
    public JsonDocument? Columns { get; init; }

    /// <summary>Cell, space group and sites of a crystal structure.</summary>
    public JsonDocument? Crystal { get; init; }

    /// <summary>What pixel values stand for, in an image or volume of labels.</summary>
    public JsonDocument? Labels { get; init; }

    /// <summary>Unit of the pixels' values; empty where the file states none.</summary>
    public string ValueUnit { get; init; } = "";

    /// <summary>Minimum, maximum, mean, deviation, count of not finite pixels, histogram, percentiles.</summary>
    public JsonDocument Statistics { get; init; } = null!;

    /// <summary>Prefix of the zarr group in the object store, ending in <c>.zarr</c>.</summary>
    public string ZarrPrefix { get; init; } = "";

    public string ThumbnailKey { get; init; } = "";

    internal sealed class Mapping : IEntityTypeConfiguration<Signal>
    {
        public void Configure(EntityTypeBuilder<Signal> signal)
        {
            signal.ToTable("signals");
            signal.HasKey(s => new { s.DatasetId, s.Index });
            signal.Property(s => s.Kind).HasMaxLength(40);
            signal.Property(s => s.PixelType).HasMaxLength(20);
        }
    }
}

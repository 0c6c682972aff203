using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CryoHub.Platform.Results;

/// <summary>One number, curve, table, picture, volume or file of a result.</summary>
public sealed class ResultItem
{
    public Guid ResultId { get; init; }

    public Result Result { get; init; } = null!;

    public int Index { get; init; }

    public ResultKind Kind { get; init; }

    public string Name { get; init; } = "";

    /// <summary>
    /// Number: value, unit, uncertainty. Curve: x, y, error, units. Table: columns. Image, volume: the signal's header and statistics. File: media type and size.
    /// </summary>
    public JsonDocument Content { get; init; } = null!;

    /// <summary>Object key of a file, or prefix of a zarr group; empty where everything is in <see cref="Content"/>.</summary>
    public string ObjectKey { get; init; } = "";

    public string ThumbnailKey { get; init; } = "";

    internal sealed class Mapping : IEntityTypeConfiguration<ResultItem>
    {
        public void Configure(EntityTypeBuilder<ResultItem> item)
        {
            item.ToTable("result_items");
            item.HasKey(i => new { i.ResultId, i.Index });
            item.Property(i => i.Kind).HasConversion<string>().HasMaxLength(10);
            item.Property(i => i.Name).HasMaxLength(200);
        }
    }
}

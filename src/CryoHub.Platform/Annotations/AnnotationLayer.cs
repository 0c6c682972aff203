using System.Buffers.Binary;
using System.Security.Cryptography;
using CryoHub.Platform.Datasets;
using CryoHub.Platform.Projects;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CryoHub.Platform.Annotations;

/// <summary>All shapes on one signal. Every change of one of them takes the next number of <see cref="Sequence"/>, and holds the row until it is committed: the numbers are the order.</summary>
public sealed class AnnotationLayer
{
    public Guid Id { get; init; }

    public Guid ProjectId { get; init; }

    public Project Project { get; init; } = null!;

    public Guid DatasetId { get; init; }

    public Dataset Dataset { get; init; } = null!;

    public int SignalIndex { get; init; }

    public long Sequence { get; set; }

    /// <summary>Who alone may change shapes until <see cref="LockedUntil"/>; <c>null</c> where everybody may.</summary>
    public Guid? LockedBy { get; set; }

    public DateTimeOffset? LockedUntil { get; set; }

    /// <summary>The id follows from the signal, so it can be watched before anybody has drawn (a UUID of version 8, RFC 9562).</summary>
    public static Guid IdOf(Guid datasetId, int signalIndex)
    {
        Span<byte> name = stackalloc byte[20];
        datasetId.TryWriteBytes(name);
        BinaryPrimitives.WriteInt32LittleEndian(name[16..], signalIndex);
        var hash = SHA256.HashData(name).AsSpan(0, 16);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash, bigEndian: true);
    }

    internal sealed class Mapping : IEntityTypeConfiguration<AnnotationLayer>
    {
        public void Configure(EntityTypeBuilder<AnnotationLayer> layer)
        {
            layer.ToTable("annotation_layers");
            layer.HasIndex(l => new { l.DatasetId, l.SignalIndex }).IsUnique();
        }
    }
}

using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.Json;
using CryoHub.Imaging;
using CryoHub.Imaging.Pyramids;
using CryoHub.Platform.Access;
using CryoHub.Platform.Labs;
using CryoHub.Platform.Painting;
using CryoHub.Platform.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CryoHub.Web.Tests.Painting;

/// <summary>A picture of 512 x 512 with pixels on disk, a layer on it, and two people who paint.</summary>
internal sealed class PaintWorld
{
    public const int Edge = 512;

    private readonly TestApp app;

    private PaintWorld(TestApp app) => this.app = app;

    public Guid Dataset { get; private set; }

    public Guid Layer { get; private set; }

    public Guid Ada { get; private set; }

    public Guid Bob { get; private set; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <param name="value">Grey value of a pixel.</param>
    /// <param name="frames">Slices of the layer; the picture itself has one.</param>
    public static async Task<PaintWorld> MakeAsync(TestApp app, Func<int, int, int>? value = null, int frames = 1)
    {
        var world = new PaintWorld(app);
        var name = $"{Guid.CreateVersion7():N}";
        (world.Ada, world.Bob) = (await app.PersonAsync($"ada-{name}"), await app.PersonAsync($"bob-{name}"));
        var project = await app.Scene.ProjectAsync(await app.Scene.LabAsync((world.Ada, LabRole.Owner)));
        await app.Scene.ShareAsync(project, ProjectRole.Annotator, world.Bob);
        world.Dataset = await app.Scene.DatasetAsync(project);
        var pixels = new ushort[Edge * Edge];
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (ushort)(value?.Invoke(i % Edge, i / Edge) ?? 0);
        }

        var axes = new[] { new Axis("y", Edge, "nm", AxisRole.Space), new Axis("x", Edge, "nm", AxisRole.Space) };
        var picture = new ArraySignal(new("Picture", SignalKind.Image, PixelType.UInt16, axes, AcquisitionMetadata.None, MetadataTree.Empty), MemoryMarshal.AsBytes(pixels.AsSpan()).ToArray());
        await PyramidWriter.WriteAsync(picture, app.Services.GetRequiredService<SignalDisk>().Write($"datasets/{world.Dataset}/0.zarr"), null, Ct);
        if (frames > 1)
        {
            var stack = JsonDocument.Parse($$"""[{"name":"z","size":{{frames}},"unit":"nm","role":"space"},{"name":"y","size":512,"unit":"nm","role":"space"},{"name":"x","size":512,"unit":"nm","role":"space"}]""");
            await app.Scene.ReadAsync(db => db.Signals.Where(s => s.DatasetId == world.Dataset).ExecuteUpdateAsync(set => set.SetProperty(s => s.Axes, stack), Ct));
        }

        world.Layer = (await app.Services.GetRequiredService<PaintLayers>().MakeAsync(world.Ada, world.Dataset, 0, "Interphase", Ct))!.Value;
        return world;
    }

    /// <summary>The labels as a server that has just started shows them, by the chunks of zarr.</summary>
    public async Task<ulong[]> LabelsAsync()
    {
        var blocks = ActivatorUtilities.CreateInstance<PaintBlocks>(app.Services);
        var labels = new ulong[Edge * Edge];
        foreach (var block in (await blocks.ChangedAsync(Ada, Layer, 0, 0, Ct))!.Blocks)
        {
            var chunk = Unpack((await blocks.ChunkAsync(Ada, Layer, block.Z, block.Y, block.X, Ct))!);
            for (var row = 0; row < 256; row++)
            {
                chunk.AsSpan(row * 256, 256).CopyTo(labels.AsSpan((((block.Y * 256) + row) * Edge) + (block.X * 256)));
            }
        }

        return labels;
    }

    public static ulong[] Unpack(byte[] chunk)
    {
        using var gzip = new GZipStream(new MemoryStream(chunk), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        gzip.CopyTo(plain);
        Assert.Equal(256 * 256 * 8, plain.Length);
        return MemoryMarshal.Cast<byte, ulong>(plain.ToArray()).ToArray();
    }
}

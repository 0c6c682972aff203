using System.IO.Compression;
using System.Text;
using CryoHub.Formats.Prz;
using CryoHub.Imaging;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Prz;

public sealed class PrzTests
{
    [Fact]
    public async Task Navigation_comes_first_and_the_energy_axis_of_EELS_is_turned_round()
    {
        // Stored [energy, x, index]: three channels, two points, a stack of one; the description counts from the fastest axis.
        const string meta = """
            [{"type": "3D", "content.types": ["Index", "ScanX", "Energy"], "filter.mode": "EELS", "repo_id": "map.7", "electron_gun.voltage": 60000,
              "device.calib": [null, {"value": 2e-9, "unit": "m", "offset": 0.0}, {"value": 0.5, "unit": "eV", "offset": -4.0, "pixel_factor": 2}]}]
            """;
        var signal = await OpenAsync("(3, 2, 1)", [1, 2, 3, 4, 5, 6], meta);
        Assert.Equal(("map", SignalKind.SpectrumLine, 60.0), (signal.Header.Name, signal.Header.Kind, signal.Header.Metadata.BeamEnergyKeV));
        Assert.Equal([2, 3], signal.Header.Shape);
        Assert.Equal([5, 3, 1, 6, 4, 2], await signal.ValuesAsync());
        Assert.Equal(("m", 2e-9), (signal.Header.Axes[0].Unit, signal.Header.Axes[0].Step));

        // Origin -4 x 0.5 = -2 eV and step 0.5 x 2 = 1 eV as stored, up to 0 eV; backwards from -0 eV.
        Assert.Equal(("eV", 1.0, 0.0), (signal.Header.Axes[1].Unit, signal.Header.Axes[1].Step, Math.Abs(signal.Header.Axes[1].Origin)));
    }

    [Fact]
    public async Task Without_a_description_the_data_are_uncalibrated()
    {
        var signal = await OpenAsync("(2, 3)", [1, 2, 3, 4, 5, 6], null);
        Assert.Equal(SignalKind.Image, signal.Header.Kind);
        Assert.All(signal.Header.Axes, axis => Assert.False(axis.IsCalibrated));
    }

    private static async Task<ISignal> OpenAsync(string shape, byte[] data, string? meta)
    {
        using var content = new MemoryStream();
        using (var archive = new ZipArchive(content, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(archive, "data", "|u1", shape, data);
            if (meta is not null)
            {
                Add(archive, "meta_data_json", $"<U{meta.Length}", "()", Encoding.UTF32.GetBytes(meta));
            }
        }

        return Assert.Single(await new PrzReader().OpenAsync(new MemoryFile("x.prz", content.ToArray()), TestContext.Current.CancellationToken));
    }

    private static void Add(ZipArchive archive, string name, string type, string shape, byte[] data)
    {
        var head = Encoding.ASCII.GetBytes($"{{'descr': '{type}', 'fortran_order': False, 'shape': {shape}, }}\n");
        using var member = archive.CreateEntry($"{name}.npy", CompressionLevel.Fastest).Open();
        member.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)head.Length, (byte)(head.Length >> 8), .. head, .. data]);
    }
}

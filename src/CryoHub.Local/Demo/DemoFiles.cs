using CryoHub.Analyses.Phantoms;
using CryoHub.Formats.Mrc;
using CryoHub.Formats.Ser;

namespace CryoHub.Local.Demo;

/// <summary>What the demo lab shows: generated specimens with known truth, and real files where the folder with them is at hand.</summary>
public static class DemoFiles
{
    private static readonly DemoRun Tomogram = new("tomogram-wbp", """{"filter":"sirt-like"}""");
    private static readonly DemoRun Spacings = new("fft-peaks");

    public static IReadOnlyList<DemoFile> All() => [.. Generated(), .. Real()];

    private static IEnumerable<DemoFile> Generated()
    {
        double[] angles = [.. Enumerable.Range(-30, 61).Select(step => step * 2.0)];
        yield return DemoFile.Of("Porous lithium in its shell.mrc", "G-0409", () => new LithiumDeposit(1).TiltSeries(angles), new MrcWriter().WriteAsync, Tomogram);
        yield return DemoFile.Of(
            "Interphase, EELS.ser",
            "L-0087",
            () => new Interphase(1).SpectrumImage(),
            SerWriter.WriteAsync,
            new DemoRun(
                "spectrum-map",
                """{"windows":[{"from":55,"to":75,"name":"Li K"},{"from":284,"to":320,"name":"C K"},{"from":532,"to":570,"name":"O K"},{"from":685,"to":730,"name":"F K"}],"background":"power-law"}"""));
        yield return DemoFile.Of("Lithium lattice at the interphase.mrc", "G-0412", () => new LatticeImage(1).Image(), new MrcWriter().WriteAsync, Spacings);
    }

    private static IEnumerable<DemoFile> Real()
    {
        if (FindFolder() is not { } folder)
        {
            return [];
        }

        DemoFile[] files =
        [
            At("dm3/HAADF.dm3", "G-0409", new DemoRun("tomogram-wbp", """{"filter":"sirt-like","tiltAxis":90}""")),   // its axis lies along x, and the file does not say so
            At("dm4/EELS_SI.dm4", "L-0087", new DemoRun("spectrum-map", """{"windows":[{"from":532,"to":570,"name":"O K"}],"background":"power-law"}""", "spectrum-image")),
            At(
                "bruker/0.bcf",
                "L-0087",
                new DemoRun(
                    "spectrum-map",
                    """{"windows":[{"from":470,"to":590,"name":"O K"},{"from":1680,"to":1800,"name":"Si K"},{"from":6330,"to":6470,"name":"Fe K"}],"background":"linear"}""",
                    "spectrum-image")),
            At("tia/16_STOimage_1.ser", "G-0412", Spacings),
            At("dm3/EELS_STO.dm3", "L-0087"),
            At("mrc/tilt1.mrc", "G-0409"),
            At("tiff/SEM_Image-SliceImage-001.tif", "E-0031"),
        ];
        return files;

        DemoFile At(string file, string sample, params DemoRun[] runs) => DemoFile.At(Path.Combine(folder, file), sample, runs);
    }

    /// <summary>The folder <c>shared/data</c> beside the repository, looked for from the program upwards.</summary>
    private static string? FindFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var data = Path.Combine(folder.FullName, "shared", "data");
            if (Directory.Exists(data))
            {
                return data;
            }
        }

        return null;
    }
}

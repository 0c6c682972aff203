using System.Text.Json;
using CryoHub.TestKit;

namespace CryoHub.Web.Tests.Crates;

/// <summary>An archive of ours as other programs see it: unzip takes it apart, Python's zipfile reads it again, ro-crate and jsonld judge the metadata.</summary>
internal sealed class Unpacked(DirectoryInfo home, IReadOnlyList<string> names) : IDisposable
{
    private static readonly string Node = Path.Combine(SharedData.Root, "tests", "CryoHub.Web.Tests", "node");

    public string Folder { get; } = Path.Combine(home.FullName, "out");

    public IReadOnlyList<string> Names => names;

    public static async Task<Unpacked> OpenAsync(byte[] archive, CancellationToken ct)
    {
        var home = Directory.CreateTempSubdirectory("cryohub-crate-");
        var zip = Path.Combine(home.FullName, "crate.zip");
        await File.WriteAllBytesAsync(zip, archive, ct);
        await Outside.RunAsync("unzip", ["-tqq", zip], ct);
        await Outside.RunAsync("unzip", ["-qq", zip, "-d", Path.Combine(home.FullName, "out")], ct);
        var names = await Outside.RunAsync("/usr/bin/python3", ["-c", "import json,sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; print(json.dumps(z.namelist()))", zip], ct);
        return new Unpacked(home, JsonSerializer.Deserialize<string[]>(names)!);
    }

    /// <summary>What the validators say of the metadata.</summary>
    public async Task<Verdict> JudgeAsync(CancellationToken ct)
    {
        if (!Directory.Exists(Path.Combine(Node, "node_modules", "ro-crate")))
        {
            await Outside.RunAsync("npm", ["ci", "--prefix", Node, "--no-audit", "--no-fund"], ct);
        }

        return JsonSerializer.Deserialize<Verdict>(await Outside.RunAsync("node", [Path.Combine(Node, "check.mjs"), Folder], ct), JsonSerializerOptions.Web)!;
    }

    public string Text(string path) => File.ReadAllText(Path.Combine(Folder, path));

    public void Dispose() => home.Delete(recursive: true);

    /// <param name="Errors">Of ro-crate's validator.</param>
    /// <param name="Undescribed">Files that no entity tells of.</param>
    /// <param name="Entities">That are left when jsonld has expanded the document.</param>
    /// <param name="Described">In the document.</param>
    /// <param name="Files">Described files.</param>
    /// <param name="Wrong">Of them, those of another size or hash than told.</param>
    /// <param name="Dangling">References to nothing.</param>
    internal sealed record Verdict(string[] Errors, string[] Undescribed, int Entities, int Described, string[] Files, string[] Wrong, string[] Dangling);
}

using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using CryoHub.EndToEnd.Processes;

namespace CryoHub.EndToEnd;

/// <summary>The real <c>cryohub</c> against a real CryoHub: sign in with a token, send, look, compute, fetch.</summary>
public sealed class CliAgainstServerTests(CliSite site) : IClassFixture<CliSite>
{
    private const int Mib = 1 << 20;

    [Fact]
    public async Task A_login_keeps_the_token_where_only_its_owner_reads_it()
    {
        var kept = Path.Combine(site.Home.FullName, ".config", "cryohub", "credentials.json");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(kept));
        Assert.Contains($"<{LocalProcess.Mail}>", (await site.RunAsync(["whoami"])).Require());

        var refused = await site.RunAsync(["login", site.Api.Address.ToString()], input: "nonsense\n");
        Assert.Equal(4, refused.ExitCode);
        Assert.Contains($"<{LocalProcess.Mail}>", (await site.RunAsync(["whoami"])).Require());   // the good one was kept
    }

    [Fact]
    public async Task A_tilt_series_goes_up_is_reconstructed_and_comes_back_bit_for_bit()
    {
        await site.Api.PostAsync($"/api/projects/{site.Project}/samples", new JsonObject { ["kind"] = "lamella", ["name"] = "L-0087", ["metal"] = "Li" });
        Assert.Contains("L-0087", (await site.RunAsync(["samples", CliSite.ProjectName])).Require());
        Assert.Contains(site.Project, (await site.RunAsync(["projects"])).Require());

        var bytes = await TiltSeriesFile.MakeAsync(columns: 96, rows: 64, stepDeg: 3);
        var file = await site.FileAsync("deposit.mrc", bytes);
        var dataset = (await site.RunAsync(["upload", file, "--project", CliSite.ProjectName, "--wait"])).Require().Trim();
        var rows = JsonNode.Parse((await site.RunAsync(["datasets", site.Project, "--query", "deposit", "--json"])).Require())!["datasets"]!.AsArray();
        var row = Assert.Single(rows);
        Assert.Equal((dataset, "ready"), ((string?)row!["id"], (string?)row["status"]));

        var copy = Path.Combine(site.Home.FullName, "copy.mrc");
        (await site.RunAsync(["download", dataset, "--original", "-o", copy])).Require();
        Assert.Equal(bytes, await File.ReadAllBytesAsync(copy, TestContext.Current.CancellationToken));

        var job = JsonNode.Parse((await site.RunAsync(["submit", "tomogram-wbp", "--input", dataset, "--set", "binning=2", "--wait", "--json"])).Require())!;
        Assert.Equal("succeeded", (string?)job["status"]);
        Assert.Equal(2, (int)job["parameters"]!["binning"]!);
        Assert.Contains("succeeded", (await site.RunAsync(["job", (string)job["id"]!])).Require());

        var volume = Path.Combine(site.Home.FullName, "volume.mrc");
        (await site.RunAsync(["download", dataset, "--result", "tomogram.mrc", "-o", volume])).Require();
        var inspected = JsonNode.Parse((await site.RunAsync(["inspect", volume, "--json"])).Require())!;
        // Binned by two: 32 rows along the axis, 48 across it, and as deep as wide.
        Assert.Equal([32, 48, 48], [.. inspected["signals"]![0]!["shape"]!.AsArray().Select(size => (int)size!).Order()]);
    }

    [Fact]
    public async Task A_project_is_taken_away_as_one_archive_with_its_originals()
    {
        var bytes = await TiltSeriesFile.MakeAsync(columns: 32, rows: 32, stepDeg: 10);
        (await site.RunAsync(["upload", await site.FileAsync("taken away.mrc", bytes), "--project", site.Project, "--wait"])).Require();
        var (whole, records) = (Path.Combine(site.Home.FullName, "whole.zip"), Path.Combine(site.Home.FullName, "records.zip"));
        (await site.RunAsync(["export", CliSite.ProjectName, "-o", whole])).Require();
        (await site.RunAsync(["export", site.Project, "-o", records, "--records-only"])).Require();

        using var archive = ZipFile.OpenRead(whole);
        await using var original = archive.GetEntry("data/taken away.mrc/taken away.mrc")!.Open();
        using var read = new MemoryStream();
        await original.CopyToAsync(read, TestContext.Current.CancellationToken);
        Assert.Equal(bytes, read.ToArray());
        using var without = ZipFile.OpenRead(records);
        Assert.NotNull(without.GetEntry("ro-crate-metadata.json"));
        Assert.DoesNotContain(without.Entries, entry => entry.FullName.StartsWith("data/", StringComparison.Ordinal));
        Assert.Equal(2, (await site.RunAsync(["export", site.Project, "-o", whole])).ExitCode);   // never over a file that is there
    }

    [Fact]
    public async Task An_upload_that_was_broken_off_goes_on_where_it_stopped()
    {
        var bytes = RandomNumberGenerator.GetBytes(20 * Mib);   // three parts of 8 MiB at most
        var file = await site.FileAsync("noise.raw", bytes);
        var upload = await site.Api.StartUploadAsync(site.Project, "noise.raw", bytes.Length);
        await site.Api.SendPartAsync(upload, 2, bytes.AsMemory(8 * Mib, 8 * Mib));

        var dataset = (await site.RunAsync(["upload", file, "--project", site.Project])).Require().Trim();

        var state = await site.Api.GetAsync($"/api/uploads/{upload}");
        Assert.Equal(("completed", dataset), ((string?)state["status"], (string?)state["datasetId"]));   // the same upload, not a second one
        var stored = (await site.Api.GetAsync($"/api/datasets/{dataset}"))["files"]![0]!;
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), (string?)stored["sha256"]);
    }

    [Fact]
    public async Task A_folder_goes_up_whole_under_the_names_below_it()
    {
        var folder = site.Home.CreateSubdirectory("deposit.zarr");
        var chunks = folder.CreateSubdirectory("0");
        const int Count = 25;
        for (var i = 0; i < Count; i++)
        {
            await File.WriteAllBytesAsync(Path.Combine(chunks.FullName, $"0.0.{i}"), BitConverter.GetBytes(i), TestContext.Current.CancellationToken);
        }

        // Chunks without their array are files that no reader knows: received and kept, and said to be unreadable where ingest was quick enough.
        var sent = await site.RunAsync(["upload", folder.FullName, "--project", site.Project]);
        Assert.True(sent.ExitCode is 0 or 3, sent.Errors);
        var ids = sent.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Count, ids.Distinct().Count());
        var path = (string?)(await site.Api.GetAsync($"/api/datasets/{ids[0]}"))["files"]![0]!["path"];
        Assert.Equal("deposit.zarr/0/0.0.0", path);
    }

    [Fact]
    public async Task A_folder_of_zarr_is_one_data_set_that_can_be_seen_and_comes_back_file_by_file()
    {
        var ct = TestContext.Current.CancellationToken;
        var folder = ZspyFolder.Make(site.Home, "scan.zspy");
        var sent = JsonNode.Parse((await site.RunAsync(["upload", folder.FullName, "--project", site.Project, "--wait", "--json"])).Require())!;
        var dataset = Assert.Single(sent["datasets"]!.AsArray())!;
        Assert.Equal(("scan.zspy", "ready"), ((string?)dataset["name"], (string?)dataset["status"]));
        var details = await site.Api.GetAsync($"/api/datasets/{(string?)dataset["id"]}");
        Assert.Equal("zspy", (string?)details["format"]);

        var copy = Path.Combine(site.Home.FullName, "copy.zspy");
        (await site.RunAsync(["download", (string)dataset["id"]!, "--original", "-o", copy])).Require();
        var unpacked = Path.Combine(site.Home.FullName, "unpacked");
        await System.IO.Compression.ZipFile.ExtractToDirectoryAsync(copy, unpacked, ct);
        var files = folder.GetFiles("*", SearchOption.AllDirectories);
        Assert.Equal(files.Length, Directory.GetFiles(unpacked, "*", SearchOption.AllDirectories).Length);
        Assert.All(files, file => Assert.Equal(File.ReadAllBytes(file.FullName), File.ReadAllBytes(Path.Combine(unpacked, Path.GetRelativePath(folder.FullName, file.FullName)))));
    }

    [Fact]
    public async Task What_the_server_refuses_ends_with_4_and_an_unreadable_file_with_3()
    {
        var unknown = await site.RunAsync(["datasets", "No such project"]);
        Assert.Equal(4, unknown.ExitCode);
        Assert.Contains("No such project", unknown.Errors);

        var file = await site.FileAsync("cut.mrc", (await TiltSeriesFile.MakeAsync(32, 32, 10))[..5000]);
        var cut = await site.RunAsync(["upload", file, "--project", site.Project, "--wait"]);
        Assert.Equal(3, cut.ExitCode);
        Assert.Matches("cut.mrc: .*\\d+ bytes", cut.Errors);
    }
}

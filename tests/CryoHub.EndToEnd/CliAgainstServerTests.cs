using System.Security.Cryptography;
using System.Text.Json.Nodes;
using CryoHub.EndToEnd.Processes;

namespace CryoHub.EndToEnd;

/// <summary>The real <c>cryohub</c> against a real CryoHub: sign in with a token, send, look, compute, fetch.</summary>
public sealed class CliAgainstServerTests : IAsyncLifetime
{
    private const int Mib = 1 << 20;

    private readonly LocalProcess site = new();
    private readonly DirectoryInfo home = Directory.CreateTempSubdirectory("cryohub-home-");
    private string project = "";

    public async ValueTask InitializeAsync()
    {
        await site.StartAsync();
        await site.Api.SignInAsync(LocalProcess.Mail, site.Password);
        project = await site.Api.NewProjectAsync("Dendrites");
        var scopes = new JsonArray("read", "upload", "run");
        var token = await site.Api.PostAsync("/api/me/tokens", new JsonObject { ["name"] = "terminal", ["scopes"] = scopes, ["days"] = 1 });
        (await RunAsync(["login", site.Api.Address.ToString()], input: (string)token["token"]! + "\n")).Require();
    }

    public async ValueTask DisposeAsync()
    {
        await site.DisposeAsync();
        home.Delete(recursive: true);
    }

    [Fact]
    public async Task A_login_keeps_the_token_where_only_its_owner_reads_it()
    {
        var kept = Path.Combine(home.FullName, ".config", "cryohub", "credentials.json");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(kept));
        Assert.Contains($"<{LocalProcess.Mail}>", (await RunAsync(["whoami"])).Require());

        var refused = await RunAsync(["login", site.Api.Address.ToString()], input: "nonsense\n");
        Assert.Equal(4, refused.ExitCode);
        Assert.Contains($"<{LocalProcess.Mail}>", (await RunAsync(["whoami"])).Require());   // the good one was kept
    }

    [Fact]
    public async Task A_tilt_series_goes_up_is_reconstructed_and_comes_back_bit_for_bit()
    {
        await site.Api.PostAsync($"/api/projects/{project}/samples", new JsonObject { ["kind"] = "lamella", ["name"] = "L-0087", ["metal"] = "Li" });
        Assert.Contains("L-0087", (await RunAsync(["samples", "Dendrites"])).Require());
        Assert.Contains(project, (await RunAsync(["projects"])).Require());

        var bytes = await TiltSeriesFile.MakeAsync(columns: 96, rows: 64, stepDeg: 3);
        var file = Path.Combine(home.FullName, "deposit.mrc");
        await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);
        var dataset = (await RunAsync(["upload", file, "--project", "Dendrites", "--wait"])).Require().Trim();
        var rows = JsonNode.Parse((await RunAsync(["datasets", project, "--json"])).Require())!["datasets"]!.AsArray();
        var row = Assert.Single(rows);
        Assert.Equal((dataset, "ready"), ((string?)row!["id"], (string?)row["status"]));

        var copy = Path.Combine(home.FullName, "copy.mrc");
        (await RunAsync(["download", dataset, "--original", "-o", copy])).Require();
        Assert.Equal(bytes, await File.ReadAllBytesAsync(copy, TestContext.Current.CancellationToken));

        var job = JsonNode.Parse((await RunAsync(["submit", "tomogram-wbp", "--input", dataset, "--set", "binning=2", "--wait", "--json"])).Require())!;
        Assert.Equal("succeeded", (string?)job["status"]);
        Assert.Equal(2, (int)job["parameters"]!["binning"]!);
        Assert.Contains("succeeded", (await RunAsync(["job", (string)job["id"]!])).Require());

        var volume = Path.Combine(home.FullName, "volume.mrc");
        (await RunAsync(["download", dataset, "--result", "tomogram.mrc", "-o", volume])).Require();
        var inspected = JsonNode.Parse((await RunAsync(["inspect", volume, "--json"])).Require())!;
        // Binned by two: 32 rows along the axis, 48 across it, and as deep as wide.
        Assert.Equal([32, 48, 48], [.. inspected["signals"]![0]!["shape"]!.AsArray().Select(size => (int)size!).Order()]);
    }

    [Fact]
    public async Task An_upload_that_was_broken_off_goes_on_where_it_stopped()
    {
        var bytes = RandomNumberGenerator.GetBytes(20 * Mib);   // three parts of 8 MiB at most
        var file = Path.Combine(home.FullName, "noise.raw");
        await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);
        var upload = await site.Api.StartUploadAsync(project, "noise.raw", bytes.Length);
        await site.Api.SendPartAsync(upload, 2, bytes.AsMemory(8 * Mib, 8 * Mib));

        var dataset = (await RunAsync(["upload", file, "--project", project])).Require().Trim();

        var state = await site.Api.GetAsync($"/api/uploads/{upload}");
        Assert.Equal(("completed", dataset), ((string?)state["status"], (string?)state["datasetId"]));   // the same upload, not a second one
        var stored = (await site.Api.GetAsync($"/api/datasets/{dataset}"))["files"]![0]!;
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), (string?)stored["sha256"]);
    }

    [Fact]
    public async Task What_the_server_refuses_ends_with_4_and_an_unreadable_file_with_3()
    {
        var unknown = await RunAsync(["datasets", "No such project"]);
        Assert.Equal(4, unknown.ExitCode);
        Assert.Contains("No such project", unknown.Errors);

        var file = Path.Combine(home.FullName, "cut.mrc");
        await File.WriteAllBytesAsync(file, (await TiltSeriesFile.MakeAsync(32, 32, 10))[..5000], TestContext.Current.CancellationToken);
        var cut = await RunAsync(["upload", file, "--project", project, "--wait"]);
        Assert.Equal(3, cut.ExitCode);
        Assert.Matches("cut.mrc: .*\\d+ bytes", cut.Errors);
    }

    private Task<Finished> RunAsync(IReadOnlyList<string> arguments, string input = "") =>
        Finished.RunAsync(Built.Cli, arguments, new Dictionary<string, string> { ["HOME"] = home.FullName, ["XDG_CONFIG_HOME"] = "" }, input, home.FullName);
}

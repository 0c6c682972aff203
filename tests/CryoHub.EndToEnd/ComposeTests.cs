using System.Text.RegularExpressions;
using CryoHub.EndToEnd.Processes;
using CryoHub.Platform;
using CryoHub.Platform.Messages;
using CryoHub.Platform.Storage;
using CryoHub.TestKit;
using CryoHub.Web;
using Microsoft.Extensions.Configuration;

namespace CryoHub.EndToEnd;

/// <summary>docker-compose.yml, read by docker-compose itself: there is no engine here, but there is no excuse for a wrong name.</summary>
public sealed partial class ComposeTests
{
    /// <summary>Names that are no option of a host: one file's name outside the containers, one word to the migrations program.</summary>
    private static readonly string[] Others = ["Database__OwnerConnectionString", "Database__ApplicationPassword"];

    [Fact]
    public async Task Every_setting_is_an_option_with_a_value_of_its_type()
    {
        var settings = Setting().Matches(await ConfigAsync()).DistinctBy(match => match.Groups[1].Value)
            .ToDictionary(match => match.Groups[1].Value.Replace("__", ":", StringComparison.Ordinal), match => (string?)match.Groups[2].Value);
        Assert.Contains("Storage:PublicEndpoint", settings.Keys);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();

        // Each refuses names it does not know and values it cannot read.
        var bus = configuration.GetSection("Bus").Get<BusOptions>(Strictly)!;
        var storage = configuration.GetSection("Storage").Get<StorageOptions>(Strictly)!;
        var web = configuration.GetSection("Web").Get<WebOptions>(Strictly)!;
        Assert.Equal(BusKind.RabbitMq, bus.Kind);
        Assert.Equal(StorageKind.S3, storage.Kind);
        Assert.Equal([storage.PublicEndpoint], web.ConnectSources);
        Assert.Equal(["Bus", "Storage", "Web"], configuration.GetChildren().Select(section => section.Key));
    }

    [Fact]
    public async Task Every_secret_is_a_file_that_the_script_makes_and_a_name_that_a_program_reads()
    {
        var config = await ConfigAsync();
        var script = await File.ReadAllTextAsync(Path.Combine(SharedData.Root, "infra", "make-secrets.sh"), TestContext.Current.CancellationToken);
        var names = SecretFile().Matches(config).Select(match => match.Groups[1].Value).ToArray();
        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.Contains($"keep {name} ", script, StringComparison.Ordinal));

        Type[] options = [typeof(DatabaseOptions), typeof(BusOptions), typeof(StorageOptions)];
        var known = options.SelectMany(type => type.GetProperties().Select(property => $"{type.Name.Replace("Options", "", StringComparison.Ordinal)}__{property.Name}")).Concat(Others);
        Assert.Subset(known.ToHashSet(), Mounted().Matches(config).Select(match => match.Groups[1].Value).Where(name => name.Contains("__")).ToHashSet());
    }

    private static void Strictly(BinderOptions binder) => binder.ErrorOnUnknownConfiguration = true;

    private static async Task<string> ConfigAsync() =>
        (await Finished.RunAsync("docker-compose", ["-f", Path.Combine(SharedData.Root, "docker-compose.yml"), "config"])).Require();

    [GeneratedRegex(@"^      ([A-Z]\w+?__\w+): (.+)$", RegexOptions.Multiline)]
    private static partial Regex Setting();

    [GeneratedRegex(@"^    file: .*/secrets/(\w+)$", RegexOptions.Multiline)]
    private static partial Regex SecretFile();

    [GeneratedRegex(@"(?:source|target): (\w+)$", RegexOptions.Multiline)]
    private static partial Regex Mounted();
}

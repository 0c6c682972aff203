using CryoHub.TestKit;

namespace CryoHub.EndToEnd.Processes;

/// <summary>Where the build of this test's configuration put the programs.</summary>
internal static class Built
{
    public static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    public static string Local { get; } = Dll("src/CryoHub.Local", "CryoHub.Local");

    public static string Worker { get; } = Dll("src/CryoHub.Worker", "CryoHub.Worker");

    public static string Migrations { get; } = Dll("migrations", "CryoHub.Migrations");

    public static string Cli { get; } = Dll("src/CryoHub.Cli", "cryohub");

    private static string Dll(string project, string name) => Path.Combine(SharedData.Root, project, "bin", Configuration, "net10.0", name + ".dll");
}

namespace CryoHub.TestKit;

/// <summary>The folder of real microscope files beside the repository; tests on it report themselves as skipped where it is absent.</summary>
public static class SharedData
{
    public const string Absent = "../shared/data is absent: the real microscope files are not part of the repository.";

    /// <summary>The repository's root, found upwards from the test's own folder.</summary>
    public static string Root { get; } = FindRoot();

    public static string Folder { get; } = Path.GetFullPath(Path.Combine(Root, "..", "shared", "data"));

    public static bool IsPresent => Directory.Exists(Folder);

    public static string PathOf(string file) => Path.Combine(Folder, file);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CryoHub.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("CryoHub.sln was not found above the test's folder.");
    }
}

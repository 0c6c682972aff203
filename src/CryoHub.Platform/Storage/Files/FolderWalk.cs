namespace CryoHub.Platform.Storage.Files;

/// <summary>Goes through the files below a folder in the order of their paths' bytes, with no more in memory than the folders it stands in.</summary>
internal static class FolderWalk
{
    public static IEnumerable<FileInfo> Files(DirectoryInfo folder)
    {
        // A folder's name counts with its slash: "a-b" and "a.b" come before what is in "a/".
        foreach (var entry in Entries(folder).OrderBy(entry => entry is DirectoryInfo ? entry.Name + "/" : entry.Name, StringComparer.Ordinal))
        {
            switch (entry)
            {
                case FileInfo file:
                    yield return file;
                    break;
                case DirectoryInfo inner:
                    foreach (var file in Files(inner))
                    {
                        yield return file;
                    }

                    break;
            }
        }
    }

    private static FileSystemInfo[] Entries(DirectoryInfo folder)
    {
        try
        {
            return folder.GetFileSystemInfos();
        }
        catch (DirectoryNotFoundException)
        {
            return [];   // never made, or deleted by somebody else at this moment
        }
    }
}

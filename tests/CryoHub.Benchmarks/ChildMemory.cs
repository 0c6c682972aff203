namespace CryoHub.Benchmarks;

/// <summary>Largest resident memory of the children of this process; what getrusage(2) says of children includes their parent's memory at their birth.</summary>
internal static class ChildMemory
{
    /// <summary>The largest that was seen, in MiB.</summary>
    public static long PeakMiB { get; private set; }

    /// <summary>Looks at the children that run now.</summary>
    public static void Look()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), out _)))
        {
            try
            {
                var status = File.ReadAllLines(Path.Combine(folder, "status"));
                if (Number(status, "PPid:") == Environment.ProcessId)
                {
                    PeakMiB = Math.Max(PeakMiB, Number(status, "VmHWM:") >> 10);
                }
            }
            catch (IOException)
            {
                // It ended at this moment.
            }
        }
    }

    private static long Number(string[] status, string key) =>
        status.FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal)) is { } line ? long.Parse(line[key.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), System.Globalization.CultureInfo.InvariantCulture) : 0;
}

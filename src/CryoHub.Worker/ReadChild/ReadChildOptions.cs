using System.ComponentModel.DataAnnotations;

namespace CryoHub.Worker.ReadChild;

/// <summary>What a child process that reads originals may use.</summary>
public sealed class ReadChildOptions
{
    /// <summary>Program and first arguments that start a child; empty for this program itself with the argument <c>read-child</c>.</summary>
    public IReadOnlyList<string> Command { get; set; } = [];

    /// <summary>Memory for the reader's own data, beside the runtime.</summary>
    [Range(64, 1 << 20)]
    public int MemoryMiB { get; set; } = 1024;

    /// <summary>Files up to this size may share a child, one after the other; 0 for a child for every file.</summary>
    [Range(0, 1024)]
    public int SmallFileMiB { get; set; } = 16;

    /// <summary>So many small files are read by one child.</summary>
    [Range(1, 100_000)]
    public int FilesPerChild { get; set; } = 200;

    /// <summary>A child waits so long for the next small file.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan Idle { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>A child that neither asks nor answers for so long is ended.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan Silence { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Processor time of one child in all.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan ProcessorTime { get; set; } = TimeSpan.FromHours(2);

    /// <summary>Life of one child in all.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "7.00:00:00")]
    public TimeSpan Total { get; set; } = TimeSpan.FromHours(6);
}

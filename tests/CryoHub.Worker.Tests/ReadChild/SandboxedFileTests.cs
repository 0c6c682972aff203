using System.Text;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;
using CryoHub.Worker.ReadChild;

namespace CryoHub.Worker.Tests.ReadChild;

/// <summary>Real children with readers that misbehave (tests/CryoHub.HostileReaders): each ends with a sentence, and the parent lives.</summary>
public sealed class SandboxedFileTests
{
    private static readonly string Child = Path.Combine(AppContext.BaseDirectory, "CryoHub.HostileReaders.dll");

    [Theory]
    [InlineData("problem", "The header promises 12 bytes of pixels; the file holds 3.")]
    [InlineData("throw", "The reader of hostile broke down: System.InvalidOperationException: index 7 of 3")]
    [InlineData("overflow", "The reader of hostile broke down: its calls were nested too deeply.")]
    [InlineData("hang", "The reader of hostile stopped after 3 s without an answer.")]
    [InlineData("spin", "The reader of hostile stopped after 3 s without an answer.")]
    [InlineData("eat", "The reader of hostile used more than 128 MiB of memory.")]
    [InlineData("environment", "Sees .")]
    public async Task A_reader_that_misbehaves_ends_with_a_sentence(string order, string words) =>
        Assert.Equal(words, (await RefusalAsync(order)).Message);

    [Fact]
    public async Task A_reader_can_open_no_socket() =>
        Assert.Contains("SocketException", (await RefusalAsync("socket")).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_reader_can_start_no_program() =>
        Assert.Contains("Operation not permitted", (await RefusalAsync("run")).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_reader_sees_no_other_file_and_writes_none()
    {
        var secret = Path.GetTempFileName();
        await File.WriteAllTextAsync(secret, "secret", TestContext.Current.CancellationToken);
        try
        {
            Assert.Contains("UnauthorizedAccessException", (await RefusalAsync($"peek {secret}")).Message, StringComparison.Ordinal);
            Assert.Contains("UnauthorizedAccessException", (await RefusalAsync($"peek /proc/{Environment.ProcessId}/environ")).Message, StringComparison.Ordinal);
            Assert.Contains("UnauthorizedAccessException", (await RefusalAsync($"write {secret}")).Message, StringComparison.Ordinal);
            Assert.Equal("secret", await File.ReadAllTextAsync(secret, TestContext.Current.CancellationToken));
        }
        finally
        {
            File.Delete(secret);
        }
    }

    [Fact]
    public async Task A_reader_that_answers_nonsense_is_refused() =>
        Assert.Equal("The reader of hostile broke down: it answered what cannot be understood.", (await RefusalAsync("babble")).Message);

    [Fact]
    public async Task A_reader_that_uses_up_its_processor_time_is_ended()
    {
        var refusal = await RefusalAsync("spin", options => (options.Silence, options.ProcessorTime) = (TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(1)));
        Assert.Equal("The reader of hostile was ended after 1 s of processor time.", refusal.Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_good_file_arrives_unchanged_through_the_pipe_and_from_a_local_file(bool local)
    {
        var ct = TestContext.Current.CancellationToken;
        var pixels = new byte[3 * (4 << 20)];
        new Random(1).NextBytes(pixels);
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.CreateVersion7():N}.order");
        await File.WriteAllBytesAsync(path, pixels, ct);
        try
        {
            using var folder = new FolderFile(path);
            await using var file = await SandboxedFile.OpenAsync(local ? folder : new MemoryFile("good", pixels), Options(), ct);
            var signal = Assert.Single(file.Signals);
            Assert.Equal("hostile", file.Format);
            Assert.Equal([3L, 1, 4 << 20], signal.Header.Shape);
            Assert.Equal([double.NaN, 1, 2], signal.Header.Axes[0].Values!);
            Assert.Equal((300.0, "µ", 0.25), (signal.Header.Metadata.BeamEnergyKeV!.Value, (string)signal.Header.Original.Root["note"]!, signal.Header.Axes[2].Step));
            var frame = new byte[4 << 20];
            for (var i = 0; i < 3; i++)
            {
                await signal.ReadFrameAsync(i, frame, ct);
                Assert.True(frame.AsSpan().SequenceEqual(pixels.AsSpan(i * frame.Length, frame.Length)), $"Frame {i} differs.");
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task A_sibling_is_read_by_name_through_the_parent()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var file = await SandboxedFile.OpenAsync(new MemoryFile("sibling a.raw", [1], ("a.raw", [7, 8, 9])), Options(), ct);
        var frame = new byte[3];
        await file.Signals[0].ReadFrameAsync(0, frame, ct);
        Assert.Equal([7, 8, 9], frame);
        Assert.Equal("There is no b.raw.", (await RefusalAsync("sibling b.raw")).Message);
    }

    [Fact]
    public async Task A_reader_that_breaks_down_in_the_middle_fails_that_frame_and_those_after_it()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var file = await SandboxedFile.OpenAsync(new MemoryFile("late", new byte[8 << 20]), Options(), ct);
        var frame = new byte[4 << 20];
        await file.Signals[0].ReadFrameAsync(0, frame, ct);
        var first = await Assert.ThrowsAsync<ProblemException>(() => file.Signals[0].ReadFrameAsync(1, frame, ct).AsTask());
        Assert.Equal("The reader of hostile broke down: System.IndexOutOfRangeException: frame 1", first.Message);
        await Assert.ThrowsAsync<ProblemException>(() => file.Signals[0].ReadFrameAsync(0, frame, ct).AsTask());
    }

    [Fact]
    public async Task The_caller_can_give_up()
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SandboxedFile.OpenAsync(new MemoryFile("hang", [1]), Options(), soon.Token));
    }

    private static async Task<ProblemException> RefusalAsync(string order, Action<ReadChildOptions>? change = null)
    {
        var options = Options();
        change?.Invoke(options);
        return await Assert.ThrowsAsync<ProblemException>(async () =>
        {
            await using var file = await SandboxedFile.OpenAsync(new MemoryFile(order, Encoding.UTF8.GetBytes(order)), options, TestContext.Current.CancellationToken);
        });
    }

    /// <summary>Three seconds of silence: a busy machine needs one to start a child.</summary>
    private static ReadChildOptions Options() => new() { Command = ["dotnet", Child], MemoryMiB = 128, Silence = TimeSpan.FromSeconds(3) };
}

using System.Diagnostics;
using System.Globalization;
using CryoHub.Imaging;
using CryoHub.Platform.Jobs;
using CryoHub.Worker.ReadChild;
using Microsoft.Extensions.Options;

namespace CryoHub.Worker.Tests.ReadChild;

/// <summary>Small files share a child, and none pays for another (U13). The child's number is what its reader (tests/CryoHub.HostileReaders) tells.</summary>
public sealed class ReadChildrenTests : IAsyncDisposable
{
    private static readonly Guid Project = Guid.CreateVersion7();
    private static readonly Guid Ada = Guid.CreateVersion7();

    private readonly ReadChildOptions options = new()
    {
        Command = ["dotnet", Path.Combine(AppContext.BaseDirectory, "CryoHub.HostileReaders.dll")],
        MemoryMiB = 128,
        Silence = TimeSpan.FromSeconds(10),
        SmallFileMiB = 1,
        FilesPerChild = 5,
        Idle = TimeSpan.FromMinutes(10),
    };

    private readonly ReadChildren children;

    public ReadChildrenTests() => children = new ReadChildren(Options.Create(options), TimeProvider.System);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => children.DisposeAsync();

    [Fact]
    public async Task Small_files_of_one_person_and_project_are_read_by_one_child_until_it_has_had_enough()
    {
        var first = await WhoAsync(Job());
        for (var file = 1; file < options.FilesPerChild; file++)
        {
            Assert.Equal(first, await WhoAsync(Job()));
        }

        Assert.NotEqual(first, await WhoAsync(Job()));
    }

    [Fact]
    public async Task Another_project_another_person_a_large_file_and_a_second_attempt_get_a_child_of_their_own()
    {
        string[] numbers =
        [
            await WhoAsync(Job()),
            await WhoAsync(Job() with { ProjectId = Guid.CreateVersion7() }),
            await WhoAsync(Job() with { SubmittedBy = Guid.CreateVersion7() }),
            await WhoAsync(Job() with { Attempt = 2 }),
            await WhoAsync(Job(), new byte[(1 << 20) + 1]),
        ];
        Assert.Equal(numbers, numbers.Distinct());
        Assert.Equal(numbers[0], await WhoAsync(Job()));
    }

    [Theory]
    [InlineData("throw", "The reader of hostile broke down: System.InvalidOperationException: index 7 of 3")]
    [InlineData("problem", "The header promises 12 bytes of pixels; the file holds 3.")]
    [InlineData("overflow", "The reader of hostile broke down: its calls were nested too deeply.")]
    public async Task A_file_that_breaks_its_reader_costs_no_other_file(string order, string words)
    {
        var before = await WhoAsync(Job());
        Assert.Equal(words, (await Assert.ThrowsAsync<ProblemException>(() => OpenAsync(order, Job()))).Message);
        Assert.NotEqual(before, await WhoAsync(Job()));
    }

    [Fact]
    public async Task A_file_whose_child_was_harmed_by_the_one_before_it_is_opened_by_a_new_one()
    {
        await (await OpenAsync("poison open", Job())).DisposeAsync();
        Assert.NotEmpty(await WhoAsync(Job()));
    }

    [Fact]
    public async Task A_frame_that_a_used_child_cannot_read_counts_as_the_childs_death_so_that_the_job_is_tried_again_alone()
    {
        await (await OpenAsync("poison read", Job())).DisposeAsync();
        await using (var harmed = await OpenAsync("who", Job()))
        {
            var died = await Assert.ThrowsAsync<ProblemException>(() => harmed.Signals[0].ReadFrameAsync(0, new byte[3], Ct).AsTask());
            Assert.IsType<EndOfStreamException>(died.InnerException);
        }

        Assert.NotEmpty(await WhoAsync(Job() with { Attempt = 2 }));
    }

    [Fact]
    public async Task A_child_without_work_ends()
    {
        options.Idle = TimeSpan.FromMilliseconds(100);
        var file = await OpenAsync("who", Job());
        using var child = Process.GetProcessById(int.Parse(file.Signals[0].Header.Name, CultureInfo.InvariantCulture));
        await file.DisposeAsync();
        await child.WaitForExitAsync(Ct).WaitAsync(TimeSpan.FromSeconds(30), Ct);
    }

    private static ClaimedJob Job() => new(Guid.CreateVersion7(), Guid.CreateVersion7(), 1, JobKinds.Ingest, Project, Ada, "", "", 0, "{}");

    private Task<SandboxedFile> OpenAsync(string order, ClaimedJob job, byte[]? bytes = null) => children.OpenAsync(new MemoryFile(order, bytes ?? [1, 2, 3]), job, Ct);

    /// <summary>Reads a file to its end, and says which process did.</summary>
    private async Task<string> WhoAsync(ClaimedJob job, byte[]? bytes = null)
    {
        await using var file = await OpenAsync("who", job, bytes);
        var frame = new byte[file.Signals[0].Header.FrameBytes];
        await file.Signals[0].ReadFrameAsync(0, frame, Ct);
        Assert.Equal(bytes ?? [1, 2, 3], frame);
        return file.Signals[0].Header.Name;
    }
}

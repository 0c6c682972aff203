using System.IO.Compression;
using System.Text;
using CryoHub.Formats.Tests.Tables;
using CryoHub.Imaging;

namespace CryoHub.Formats.Tests.Neware;

/// <summary>Versions that no real file of the collection has, made byte for byte; all describe the same two points.</summary>
public sealed class NewareLayoutTests
{
    private const int Charge = 1;

    [Fact]
    public async Task Records_of_86_bytes_may_state_their_moment_in_seconds_since_1970()
    {
        byte[] Record(uint index, uint milliseconds) =>
        [
            0x55, 0, .. BitConverter.GetBytes(index), 0, 0, 0, 0, 3, 0, Charge, 0, .. BitConverter.GetBytes((ulong)milliseconds), .. BitConverter.GetBytes(36_500), .. BitConverter.GetBytes(2000),
            .. new byte[8], .. BitConverter.GetBytes(3600L), .. BitConverter.GetBytes(0L), .. BitConverter.GetBytes(7200L), .. BitConverter.GetBytes(0L),
            .. BitConverter.GetBytes(1_700_000_000u), 0, 0, 0, 0, .. BitConverter.GetBytes((ushort)250), .. BitConverter.GetBytes(10), 0, 0,
        ];
        var record = Record(1, 0);
        Assert.Equal(86, record.Length);
        await CheckAsync("x.nda", [.. Head(22), .. record, .. Record(2, 1500)], "2023-11-14T22:13:20.250000+00:00");
    }

    [Fact]
    public async Task Bts_9_0_has_records_of_88_bytes()
    {
        byte[] Record(uint index, ulong microseconds) =>
        [
            0x12, 0x50, 0, 7, 0x55, 0x81, 1, 6, 0, 3, Charge, 0, 0, 0, 0, 0, .. BitConverter.GetBytes(index), .. new byte[8], .. BitConverter.GetBytes(microseconds), .. BitConverter.GetBytes(3.65f),
            .. BitConverter.GetBytes(2f), .. new byte[8], .. BitConverter.GetBytes(3.6f), .. BitConverter.GetBytes(7.2f), .. new byte[8], .. BitConverter.GetBytes(1_700_000_000_250_000UL), .. new byte[12],
        ];
        Assert.Equal(88, Record(1, 0).Length);
        await CheckAsync("x.nda", [.. Head(130), .. Record(1, 0), .. Record(2, 1_500_000)], "2023-11-14T22:13:20.250000+00:00");
    }

    [Fact]
    public async Task Bts_9_1_has_the_temperature_in_the_same_record()
    {
        byte[] Record(uint index, uint seconds, uint nanoseconds) =>
        [
            0x55, 0x06, 3, Charge, 0, 0, 0, 0, .. BitConverter.GetBytes(index), .. BitConverter.GetBytes(seconds), .. BitConverter.GetBytes(nanoseconds), .. BitConverter.GetBytes(2f), .. BitConverter.GetBytes(3.65f),
            .. BitConverter.GetBytes(3.6f), .. BitConverter.GetBytes(7.2f), .. new byte[8], .. BitConverter.GetBytes(1_700_000_000u), .. BitConverter.GetBytes(250_000_000u), .. BitConverter.GetBytes(25.5f),
        ];
        Assert.Equal(56, Record(1, 0, 0).Length);
        var table = await CheckAsync("x.nda", [.. Head(130), .. Record(1, 0, 0), .. Record(2, 1, 500_000_000)], "2023-11-14T22:13:20.250000+00:00");
        Assert.Equal([25.5, 25.5], (await table.ColumnAsync("T1")).Cast<double>());
    }

    [Theory]
    [InlineData(11, 47, 10_000f, 1f, 3600f)]       // 0.1 mV, mA, mAs and mWs
    [InlineData(13, 55, 10_000f, 1f, 3600f)]
    [InlineData(12, 47, 1f, 0.001f, 0.001f)]       // V, A, Ah and Wh
    [InlineData(14, 55, 1f, 0.001f, 0.001f)]
    public async Task Archives_of_all_scalings_hold_the_same_test(byte version, int runInfoBytes, float volt, float milliampere, float milliampereHour)
    {
        byte[] Data(int _) => [.. BitConverter.GetBytes(3.65f * volt), .. BitConverter.GetBytes(2f * milliampere)];
        byte[] RunInfo(int row)
        {
            byte[] bytes =
            [
                .. BitConverter.GetBytes(row * 1500), 0, .. BitConverter.GetBytes(0.001f * milliampereHour), .. BitConverter.GetBytes(0f), .. BitConverter.GetBytes(0.002f * milliampereHour), .. BitConverter.GetBytes(0f),
                .. new byte[8], .. BitConverter.GetBytes(1500), .. BitConverter.GetBytes(1_700_000_000), .. BitConverter.GetBytes(9), .. BitConverter.GetBytes(row + 1), .. BitConverter.GetBytes((short)250),
            ];
            return [.. bytes, .. new byte[runInfoBytes - bytes.Length]];
        }

        byte[] Step(int _) => [.. BitConverter.GetBytes(0), .. BitConverter.GetBytes(3), .. new byte[16], Charge, .. new byte[12]];
        var archive = Zip(("data.ndc", Blocks(1, version, 8, 2, Data)), ("data_runInfo.ndc", Blocks(18, version, runInfoBytes, 2, RunInfo)), ("data_step.ndc", Blocks(7, version, 37, 1, Step)));
        await CheckAsync("x.ndax", archive, "2023-11-14T22:13:20.250000+00:00");
    }

    [Fact]
    public async Task A_member_that_unpacks_to_far_more_than_its_archive_is_refused()
    {
        var problem = await Assert.ThrowsAsync<ProblemException>(() => Opened.SignalsAsync("x.ndax", Zip(("data.ndc", new byte[64 << 20]))));
        Assert.Contains("unpack to more than", problem.Message, StringComparison.Ordinal);
    }

    /// <summary>3.65 V, 2 mA, 0.001 mAh and 0.002 mWh at 0 and 1.5 s, in step 3 of the schedule; single precision where the file has it.</summary>
    private static async Task<ISignal> CheckAsync(string name, byte[] bytes, string moment)
    {
        var table = Assert.Single(await Opened.SignalsAsync(name, bytes));
        await Near("Index", 1, 2);
        await Near("Step", 1, 1);
        await Near("Step_Index", 3, 3);
        await Near("Time", 0, 1.5);
        await Near("Voltage", 3.65, 3.65);
        await Near("Current(mA)", 2, 2);
        await Near("Charge_Capacity(mAh)", 0.001, 0.001);
        await Near("Charge_Energy(mWh)", 0.002, 0.002);
        Assert.Equal("CC_Chg", (await table.ColumnAsync("Status"))[0]);
        Assert.Equal(moment, (await table.ColumnAsync("Timestamp"))[0]);
        return table;

        async Task Near(string column, params double[] expected)
        {
            var found = (await table.ColumnAsync(column)).Cast<double>().ToArray();
            Assert.Equal(expected.Length, found.Length);
            Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-6 * Math.Max(1e-3, Math.Abs(pair.First))));
        }
    }

    private static byte[] Head(byte version)
    {
        var head = new byte[1024];
        Encoding.ASCII.GetBytes("NEWARE20231114").CopyTo(head, 0);
        head[14] = version;
        return head;
    }

    /// <summary>A head block, then blocks of 4,096 bytes: from byte 4 one bit a row, from byte 132 the rows.</summary>
    private static byte[] Blocks(byte content, byte version, int rowBytes, int rows, Func<int, byte[]> row)
    {
        var bytes = new byte[2 * 4096];
        (bytes[0], bytes[2]) = (content, version);
        for (var i = 0; i < rows; i++)
        {
            bytes[4096 + 4 + (i / 8)] |= (byte)(1 << (i % 8));
            var cells = row(i);
            Assert.Equal(rowBytes, cells.Length);
            cells.CopyTo(bytes, 4096 + 132 + (i * rowBytes));
        }

        return bytes;
    }

    private static byte[] Zip(params (string Name, byte[] Content)[] members)
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in members)
            {
                using var member = archive.CreateEntry(name).Open();
                member.Write(content);
            }
        }

        return file.ToArray();
    }
}

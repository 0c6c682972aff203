using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using CryoHub.Imaging;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.Neware;

/// <summary>The single-file format (.nda): a head, then records of one length among which some belong to other channels.</summary>
internal static class NdaFile
{
    private const int OldRecord = 59;
    private const int Record = 86;
    private const int NewRecord = 88;
    private const int NewStart = 1024;

    /// <exception cref="ProblemException">Unreadable: an unknown version, or no record.</exception>
    public static NewareRun Read(ReadOnlySpan<byte> file)
    {
        var version = file[14];
        var rows = new List<NewareRow>();
        var extras = new Auxiliary();
        var isUtc = true;
        switch (version)
        {
            case 8:
                ReadOld(file, rows);
                break;
            case < 130:
                isUtc = ReadRecords(file, rows, extras);
                break;
            case 130 when file.Length > NewStart && file[NewStart] == 0x55:
                ReadJoint(file, rows, extras);
                break;
            case 130:
                ReadNew(file, rows, extras);
                break;
            default:
                throw ProblemException.Unreadable($"Version {version} of the .nda format; 8, 22 to 29 and 130 are known.");
        }

        if (rows.Count == 0)
        {
            throw ProblemException.Unreadable($"The {file.Length} bytes of version {version} hold no record.");
        }

        var ordered = rows.DistinctBy(row => row.Index).OrderBy(row => row.Index).ToArray();
        NewareRun.CountSteps(ordered);
        NewareRun.CountCycles(ordered);
        return new NewareRun(ordered, isUtc, extras.Columns(ordered));
    }

    /// <summary>Versions, remarks and active mass, where the head states them.</summary>
    public static JsonObject Head(ReadOnlySpan<byte> file)
    {
        var tree = new JsonObject { ["version"] = file[14], ["date"] = Encoding.Latin1.GetString(file[6..14]) };
        var server = file.IndexOf("BTSServer"u8);
        if (server >= 0 && server + 150 <= file.Length)
        {
            tree["server"] = Encoding.Latin1.GetString(file.Slice(server, 50)).Trim('\0', ' ');
            tree["client"] = Encoding.Latin1.GetString(file.Slice(server + 100, 50)).Trim('\0', ' ');
        }

        if (file[14] is > 8 and < 130 && file.Length >= 2417)
        {
            tree["active mass/mg"] = BinaryPrimitives.ReadUInt32LittleEndian(file[152..]) / 1000.0;
            tree["remarks"] = new string([.. Encoding.Latin1.GetString(file[2317..2417]).Where(c => !char.IsControl(c))]).Trim();
        }

        return tree;
    }

    /// <summary>Version 8: 59 bytes, marked 0; 255 marks the beginning and the end of a run.</summary>
    private static void ReadOld(ReadOnlySpan<byte> file, List<NewareRow> rows)
    {
        var start = file.IndexOf((ReadOnlySpan<byte>)[0xFF, 1, 0, 0, 0]);
        for (var at = start; start >= 0 && at + OldRecord <= file.Length; at += OldRecord)
        {
            var record = file.Slice(at, OldRecord);
            if (record[0] != 0)
            {
                continue;
            }

            var current = Int32(record, 19);                                          // 19: microamperes
            var capacity = (double)BinaryPrimitives.ReadInt64LittleEndian(record[31..]) / 3.6e6;
            var energy = (double)BinaryPrimitives.ReadInt64LittleEndian(record[39..]) / 3.6e6;
            rows.Add(new NewareRow
            {
                Index = UInt32(record, 1),
                StepIndex = record[9],
                Step = record[9],
                Status = record[10],
                Time = UInt32(record, 11),
                Voltage = Int32(record, 15) / 1e4,
                Current = current / 1e3,
                ChargeCapacity = current > 0 ? capacity : 0,
                DischargeCapacity = current < 0 ? capacity : 0,
                ChargeEnergy = current > 0 ? energy : 0,
                DischargeEnergy = current < 0 ? energy : 0,
                Moment = BinaryPrimitives.ReadUInt64LittleEndian(record[47..]) * 1e3,
            });
        }
    }

    /// <summary>Versions 22 to 29: 86 bytes, marked 0x55 or, beside the cell, 0x65. The moment is a calendar date or, in the older ones, seconds since 1970.</summary>
    private static bool ReadRecords(ReadOnlySpan<byte> file, List<NewareRow> rows, Auxiliary extras)
    {
        var isUtc = false;
        var start = FirstRecord(file);
        for (var at = start; start >= 0 && at + Record <= file.Length; at += Record)
        {
            var record = file.Slice(at, Record);
            if (record[0] == 0x65 && Int32(record, 82) == 0)
            {
                extras.Add(UInt32(record, 2), record[1], Int32(record, 22) / 1e4, BinaryPrimitives.ReadInt16LittleEndian(record[34..]) / 10.0);
                continue;
            }

            var index = UInt32(record, 2);
            if (record[0] != 0x55 || record[1] != 0 || index == 0 || record[12] == 0)
            {
                continue;
            }

            var calendar = Calendar(record[70..]);
            isUtc |= calendar is null;
            var scale = NewareCodes.Scale(Int32(record, calendar is null ? 80 : 78));
            rows.Add(new NewareRow
            {
                Index = index,
                StepIndex = BinaryPrimitives.ReadUInt16LittleEndian(record[10..]),
                Step = UInt32(record, 10),                                            // step, kind and jump together: any change begins a new step
                Status = record[12],
                Time = BinaryPrimitives.ReadUInt64LittleEndian(record[14..]) / 1e3,
                Voltage = Int32(record, 22) / 1e4,
                Current = Int32(record, 26) * scale,
                ChargeCapacity = Int64(record, 38) * scale / 3600,
                DischargeCapacity = Int64(record, 46) * scale / 3600,
                ChargeEnergy = Int64(record, 54) * scale / 3600,
                DischargeEnergy = Int64(record, 62) * scale / 3600,
                Moment = calendar ?? (UInt32(record, 70) * 1e3) + BinaryPrimitives.ReadUInt16LittleEndian(record[78..]),
            });
        }

        return isUtc;
    }

    /// <summary>The first place where a record is followed by another.</summary>
    private static int FirstRecord(ReadOnlySpan<byte> file)
    {
        for (var from = 0; from < file.Length;)
        {
            var found = file[from..].IndexOf((ReadOnlySpan<byte>)[0x55, 0]);
            if (found < 0)
            {
                return -1;
            }

            var at = from + found;
            if (at + Record <= file.Length && file[at + 12] != 0 && UInt32(file, at + 2) is > 0 and < 1 << 24
                && (at + Record == file.Length || file[at + Record] is 0x55 or 0x65) && Int32(file, at + 82) == 0)
            {
                return at;
            }

            from = at + 1;
        }

        return -1;
    }

    /// <summary>Version 130 of BTS 9.0: 88 bytes.</summary>
    private static void ReadNew(ReadOnlySpan<byte> file, List<NewareRow> rows, Auxiliary extras)
    {
        for (var at = NewStart; at + NewRecord <= file.Length; at += NewRecord)
        {
            var record = file.Slice(at + 4, NewRecord - 4);
            if (file[at..].StartsWith((ReadOnlySpan<byte>)[0, 0, 0, 0, 0x65]))
            {
                extras.Add(UInt32(record, 2), record[1], Int32(record, 22) / 1e4, BinaryPrimitives.ReadInt16LittleEndian(record[34..]) / 10.0);
            }
            else if (record[0] == 0x55 && UInt32(record, 12) > 0)
            {
                rows.Add(new NewareRow
                {
                    Index = UInt32(record, 12),
                    StepIndex = record[5],
                    Step = record[5],
                    Status = record[6],
                    Time = BinaryPrimitives.ReadUInt64LittleEndian(record[24..]) / 1e6,
                    Voltage = Single(record, 32),
                    Current = Single(record, 36),
                    ChargeCapacity = Single(record, 48) / 3600,
                    ChargeEnergy = Single(record, 52) / 3600,
                    DischargeCapacity = Single(record, 56) / 3600,
                    DischargeEnergy = Single(record, 60) / 3600,
                    Moment = Math.Round(BinaryPrimitives.ReadUInt64LittleEndian(record[64..]) / 1e3),
                });
            }
        }
    }

    /// <summary>Version 130 of BTS 9.1: cell and temperature in one record, whose length is the distance to the next of the same mark.</summary>
    private static void ReadJoint(ReadOnlySpan<byte> file, List<NewareRow> rows, Auxiliary extras)
    {
        var mark = file.Slice(NewStart, 2);
        var length = file[(NewStart + 2)..].IndexOf(mark) + 2;
        if (length < 52)
        {
            throw ProblemException.Unreadable($"Two records of BTS 9.1 stand {length} bytes apart; they take at least 52.");
        }

        for (var at = NewStart; at + length <= file.Length && file[at] != 0x81; at += length)
        {
            var record = file.Slice(at, length);
            if (!record.StartsWith(mark))
            {
                continue;
            }

            var (capacity, energy) = (Single(record, 28) / 3600, Single(record, 32) / 3600);
            rows.Add(new NewareRow
            {
                Index = UInt32(record, 8),
                StepIndex = record[2],
                Step = record[2],
                Status = record[3],
                Time = UInt32(record, 12) + (UInt32(record, 16) / 1e9),
                Current = Single(record, 20),
                Voltage = Single(record, 24),
                ChargeCapacity = Math.Max(capacity, 0),
                DischargeCapacity = Math.Max(-capacity, 0),
                ChargeEnergy = Math.Max(energy, 0),
                DischargeEnergy = Math.Max(-energy, 0),
                Moment = (UInt32(record, 44) * 1e3) + Math.Round(UInt32(record, 48) / 1e6),
            });
            if (length >= 56)
            {
                extras.Add(UInt32(record, 8), 1, double.NaN, Single(record, 52));
            }
        }
    }

    /// <summary>Year, month, day, hour, minute, second; <c>null</c> where the bytes are no date.</summary>
    internal static double? Calendar(ReadOnlySpan<byte> bytes)
    {
        var year = BinaryPrimitives.ReadUInt16LittleEndian(bytes);
        return year is >= 1990 and <= 2200 && bytes[2] is >= 1 and <= 12 && bytes[3] >= 1 && bytes[3] <= DateTime.DaysInMonth(year, bytes[2]) && bytes[4] < 24 && bytes[5] < 60 && bytes[6] < 60
            ? (new DateTime(year, bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], DateTimeKind.Utc) - DateTime.UnixEpoch).TotalMilliseconds
            : null;
    }

    private static int Int32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt32LittleEndian(bytes[at..]);

    private static uint UInt32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static double Int64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]);

    private static double Single(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadSingleLittleEndian(bytes[at..]);
}

using System.Buffers.Binary;

namespace CryoHub.Formats.Neware;

/// <summary>Rows of the members of an .ndax archive, by version. "Plus" testers (12, 14, 17) store A, Ah, Wh; the others mA, mAs, mWs.</summary>
internal static class NdcTables
{
    private const int LongRow = 94;
    private const int Row = 87;

    /// <summary>data.ndc. Up to version 5 a row has everything; in version 6 all but step and cycle; later voltage and current alone.</summary>
    /// <exception cref="CryoHub.Imaging.ProblemException">Unreadable: an unknown version, or more rows than <paramref name="most"/>.</exception>
    public static List<NewareRow> Data(NdcFile file, long most)
    {
        var rows = new List<NewareRow>(file.Count(file.Version switch { >= 11 => 8, 6 => 38, _ => Row }));
        switch (file.Version)
        {
            case 1 or 3:
                file.ForEachSmall(LongRow - 11, (_, row) => Add(Full(row, 8, 2)));
                break;
            case 2:
                file.ForEachSmall(LongRow, (_, row) => Add(Full(row, 8, 5)));
                break;
            case 5:
                file.ForEach(Row, (_, row) => Add(Full(row, 1, 5)));
                break;
            case 6:
                file.ForEach(38, (number, row) => Add(Combined(number, row)));
                break;
            case 11 or 13 or 16:
                file.ForEach(8, (number, row) => Add(new NewareRow { Index = number, Voltage = Single(row, 0) / 1e4, Current = Single(row, 4) }));
                break;
            case 12 or 14 or 17:
                file.ForEach(8, (number, row) => Add(new NewareRow { Index = number, Voltage = Single(row, 0), Current = Single(row, 4) * 1e3 }));
                break;
            default:
                throw file.Unknown("data");
        }

        return rows;

        void Add(NewareRow row)
        {
            if (row.Index == 0)
            {
                return;
            }

            rows.Add(rows.Count < most ? row : throw Imaging.ProblemException.Unreadable($"{file.Name} has more than {most} rows: more than its archive can hold."));
        }
    }

    /// <summary>data_runInfo.ndc: times, capacities and steps of the rows that the tester wrote itself, by index.</summary>
    public static Dictionary<uint, NewareRow> RunInfo(NdcFile file)
    {
        var (bytes, pad, hasMilliseconds) = file.Version switch
        {
            1 => (42, 5, false),
            2 => (45, 8, false),
            11 or 12 => (47, 8, true),
            13 or 14 => (55, 8, true),
            16 or 17 => (100, 8, true),
            _ => throw file.Unknown("run information"),
        };
        var scale = file.Version is 1 or 12 or 14 or 17 ? 1e3 : 1 / 3600.0;
        var rows = new Dictionary<uint, NewareRow>(file.Count(bytes));
        file.ForEach(bytes, (_, row) =>
        {
            var tail = row[(21 + pad + 4)..];                 // 0: time, 5: four sums; after the padding an interval, then the moment
            var index = UInt32(tail, 8);
            if (index > 0)
            {
                rows.TryAdd(index, new NewareRow
                {
                    Index = index,
                    Time = UInt32(row, 0) / 1e3,
                    ChargeCapacity = Single(row, 5) * scale,
                    DischargeCapacity = Single(row, 9) * scale,
                    ChargeEnergy = Single(row, 13) * scale,
                    DischargeEnergy = Single(row, 17) * scale,
                    Moment = (UInt32(tail, 0) * 1e3) + (hasMilliseconds ? BinaryPrimitives.ReadUInt16LittleEndian(tail[12..]) : 0),
                    Step = UInt32(tail, 4),
                    Interval = BinaryPrimitives.ReadInt32LittleEndian(row[(21 + pad)..]) / 1e3,
                });
            }
        });
        return rows;
    }

    /// <summary>data_step.ndc: number in the schedule and kind of each step, in order.</summary>
    public static List<NewareRow> Steps(NdcFile file)
    {
        var steps = new List<NewareRow>();
        file.ForEach(file.Version >= 16 ? 100 : 37, (_, row) =>
        {
            if (UInt32(row, 4) != 0)
            {
                steps.Add(new NewareRow { StepIndex = UInt32(row, 4), Status = row[24] });
            }
        });
        return steps;
    }

    /// <summary>What was measured beside the cell. A row of mark 0x74 also has the temperature wanted.</summary>
    /// <param name="file">The member.</param>
    /// <param name="channel">Number of the channel, if the test's description gives one.</param>
    /// <param name="quantity">What a file of bare numbers measures.</param>
    /// <param name="values">Takes the values.</param>
    public static void Auxiliary(NdcFile file, int? channel, string quantity, Auxiliary values)
    {
        switch (file.Version)
        {
            case 1 or 2 or 3:
                file.ForEachSmall(LongRow, (_, row) => Wide(row, row[0], row[3], 8));
                break;
            case 5:
                file.ForEach(Row, (_, row) => Wide(row, row[0], row[0], 1));
                break;
            case 11 or 13 or 16 when file.Bytes.Length > 4096 + 132 && file.Bytes[4096 + 132] == 0x74:
                file.ForEach(88, (_, row) => values.Add(UInt32(row, 1), channel ?? row[5], "T", BinaryPrimitives.ReadInt16LittleEndian(row[35..]) / 10.0));
                break;
            case 11 or 13 or 16:
                file.ForEach(7, (number, row) => values.Add(number, channel ?? 1, Single(row, 1) / 1e4, BinaryPrimitives.ReadInt16LittleEndian(row[5..]) / 10.0));
                break;
            case 6 or 12 or 14 or 17:
                file.ForEach(4, (number, row) => values.Add(number, channel ?? 1, quantity, Single(row, 0)));
                break;
            default:
                throw file.Unknown("channels beside the cell");
        }

        void Wide(ReadOnlySpan<byte> row, int mark, int stated, int at)
        {
            var index = UInt32(row, at);
            if (index == 0)
            {
                return;
            }

            values.Add(index, channel ?? stated, BinaryPrimitives.ReadInt32LittleEndian(row[(at + 23)..]) / 1e4, BinaryPrimitives.ReadInt16LittleEndian(row[(at + 33)..]) / 10.0);
            if (mark == 0x74)
            {
                values.Add(index, channel ?? stated, "t", BinaryPrimitives.ReadInt16LittleEndian(row[(at + 35)..]) / 10.0);
            }
        }
    }

    private static NewareRow Full(ReadOnlySpan<byte> row, int at, int pad)
    {
        var values = row[(at + 10 + pad)..];                  // time, voltage, current, 4 bytes, four sums, date, range
        var scale = NewareCodes.Scale(BinaryPrimitives.ReadInt32LittleEndian(values[59..]));
        return new NewareRow
        {
            Index = UInt32(row, at),
            StepIndex = row[at + 8],
            Step = row[at + 8],
            Status = row[at + 9],
            Time = BinaryPrimitives.ReadUInt64LittleEndian(values) / 1e3,
            Voltage = BinaryPrimitives.ReadInt32LittleEndian(values[8..]) / 1e4,
            Current = BinaryPrimitives.ReadInt32LittleEndian(values[12..]) * scale,
            ChargeCapacity = BinaryPrimitives.ReadInt64LittleEndian(values[20..]) * scale / 3600,
            DischargeCapacity = BinaryPrimitives.ReadInt64LittleEndian(values[28..]) * scale / 3600,
            ChargeEnergy = BinaryPrimitives.ReadInt64LittleEndian(values[36..]) * scale / 3600,
            DischargeEnergy = BinaryPrimitives.ReadInt64LittleEndian(values[44..]) * scale / 3600,
            Moment = NdaFile.Calendar(values[52..]) ?? double.NaN,
        };
    }

    private static NewareRow Combined(uint number, ReadOnlySpan<byte> row) => new()
    {
        Index = number,
        Time = UInt32(row, 0) / 1e3,
        Voltage = Single(row, 5),
        Current = Single(row, 9) * 1e3,
        ChargeCapacity = Single(row, 13) * 1e3,
        DischargeCapacity = Single(row, 17) * 1e3,
        ChargeEnergy = Single(row, 21) * 1e3,
        DischargeEnergy = Single(row, 25) * 1e3,
        Moment = UInt32(row, 30) * 1e3,
        Step = UInt32(row, 34),
    };

    private static uint UInt32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static double Single(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadSingleLittleEndian(bytes[at..]);
}

using System.Globalization;
using System.Text;
using CryoHub.Platform.Labels;
using QRCoder;

namespace CryoHub.Web.Features.Labels;

/// <summary>A label's code as a QR code of version 1: 21 × 21 modules, the fewest there are, so that they are large on a small label (ISO/IEC 18004).</summary>
internal static class LabelQr
{
    public const int Modules = 21;

    /// <summary>Light modules that a reader needs all round.</summary>
    public const int Quiet = 4;

    // Version 1 holds 10 alphanumeric characters with error correction H (30 % may be lost) and 16 with Q (25 %).
    private const int MostAtH = 10;

    /// <summary>Rows of dark modules, as runs: first module and how many.</summary>
    public static IReadOnlyList<(int Row, int First, int Count)> Runs(string code)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(code.Length, LabelCode.Longest);
        using var qr = QRCodeGenerator.GenerateQrCode(
            code, code.Length <= MostAtH ? QRCodeGenerator.ECCLevel.H : QRCodeGenerator.ECCLevel.Q, requestedVersion: 1);
        var margin = (qr.ModuleMatrix.Count - Modules) / 2;
        var runs = new List<(int Row, int First, int Count)>();
        for (var row = 0; row < Modules; row++)
        {
            var modules = qr.ModuleMatrix[row + margin];
            for (var column = 0; column < Modules; column++)
            {
                if (!modules[column + margin])
                {
                    continue;
                }

                var first = column;
                while (column + 1 < Modules && modules[column + 1 + margin])
                {
                    column++;
                }

                runs.Add((row, first, column - first + 1));
            }
        }

        return runs;
    }

    /// <summary>Path of an SVG picture whose unit is a module, quiet zone included.</summary>
    public static string SvgPath(string code)
    {
        var path = new StringBuilder();
        foreach (var (row, first, count) in Runs(code))
        {
            path.Append(CultureInfo.InvariantCulture, $"M{first + Quiet} {row + Quiet}h{count}v1h-{count}z");
        }

        return path.ToString();
    }
}

using System.Globalization;
using System.Text;
using static CryoHub.Imaging.Shapes.Files.ImageJ.RoiLayout;

namespace CryoHub.Imaging.Shapes.Files.ImageJ;

/// <summary>One shape as the bytes of an ImageJ selection, version 2.28 as ImageJ 1.52 and later write it.</summary>
internal static class RoiEncoder
{
    public static byte[] Write(ShapeFeature shape, string name, DrawnPicture picture)
    {
        var body = RoiBody.Of(shape, out var header);
        var properties = Properties(shape);
        var header2 = HeaderBytes + body.Length;
        var bytes = new byte[header2 + Header2Bytes + (2 * (name.Length + properties.Length))];
        header.CopyTo(bytes, 0);
        body.CopyTo(bytes, HeaderBytes);
        BigEndian.Integer(bytes, Header2, header2);
        if (shape.Colour is ['#', ..] && int.TryParse(shape.Colour.AsSpan(1), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var colour))
        {
            BigEndian.Integer(bytes, StrokeColour, colour | unchecked((int)0xFF000000));
        }

        Place(bytes, header2, shape, picture);
        BigEndian.Integer(bytes, header2 + NameAt, header2 + Header2Bytes);
        BigEndian.Integer(bytes, header2 + NameLength, name.Length);
        Encoding.BigEndianUnicode.GetBytes(name, bytes.AsSpan(header2 + Header2Bytes));
        BigEndian.Integer(bytes, header2 + PropertiesAt, header2 + Header2Bytes + (2 * name.Length));
        BigEndian.Integer(bytes, header2 + PropertiesLength, properties.Length);
        Encoding.BigEndianUnicode.GetBytes(properties, bytes.AsSpan(header2 + Header2Bytes + (2 * name.Length)));
        return bytes;
    }

    private static string Properties(ShapeFeature shape)
    {
        var text = new StringBuilder();
        Add("class", shape.Class);
        Add("label", shape.Label);
        Add("confidence", shape.Confidence?.ToString(CultureInfo.InvariantCulture) ?? "");
        Add("last frame", shape.LastFrame > shape.FirstFrame ? shape.LastFrame.Value.ToString(CultureInfo.InvariantCulture) : "");
        return text.ToString();

        void Add(string key, string value)
        {
            if (value.Length > 0 || key == "label")
            {
                text.Append(key).Append(": ").Append(value.ReplaceLineEndings(" ")).Append('\n');
            }
        }
    }

    /// <summary>The slice counted from 1; of a hyperstack whose axes have ImageJ's names channel, slice and frame.</summary>
    private static void Place(byte[] bytes, int header2, ShapeFeature shape, DrawnPicture picture)
    {
        if (shape.FirstFrame is not { } frame || picture.Frames < 2)
        {
            return;
        }

        int[] places = [.. picture.Stack.Select(axis => AxisAt(axis.Name))];
        if (picture.Stack.Count < 2 || places.Contains(0) || places.Distinct().Count() < places.Length)
        {
            BigEndian.Integer(bytes, Position, (int)frame + 1);
            return;
        }

        foreach (var at in new[] { Channel, Slice, Frame })
        {
            BigEndian.Integer(bytes, header2 + at, 1);
        }

        for (var i = places.Length - 1; i >= 0; i--)
        {
            BigEndian.Integer(bytes, header2 + places[i], (int)(frame % picture.Stack[i].Size) + 1);
            frame /= picture.Stack[i].Size;
        }
    }

    private static int AxisAt(string name) => name.ToLowerInvariant() switch { "c" or "channel" => Channel, "z" or "slice" => Slice, "t" or "time" => Frame, _ => 0 };
}

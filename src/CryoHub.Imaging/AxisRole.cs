namespace CryoHub.Imaging;

/// <summary>What one steps through along an axis; an index is a mere count: rows and columns of a table, sites, lines, contours.</summary>
public enum AxisRole { Frame, Space, Reciprocal, Energy, Tilt, Time, Channel, Index }

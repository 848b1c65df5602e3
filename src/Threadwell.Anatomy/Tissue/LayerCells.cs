namespace Threadwell.Anatomy.Tissue;

/// <summary>
/// How the layers are divided into cells along a column, from the deep fascia outwards. Superficial fat carries the threads and most
/// of the shear, so it has three cells; skin bends and deep fat glides, two each; the SMAS is a thin membrane, one. Nine levels of
/// nodes a column: a jawline at edges of 3 mm has 11,000 to 23,000 nodes, at the default about 9,000.
/// </summary>
public static class LayerCells
{
    private static readonly int[] Counts = [2, 1, 3, 2];

    /// <summary>Layers of a column from the deep fascia outwards.</summary>
    public static IReadOnlyList<TissueLayer> Layers { get; } =
        [TissueLayer.DeepFat, TissueLayer.Smas, TissueLayer.SuperficialFat, TissueLayer.Skin];

    /// <summary>Number of layers.</summary>
    internal const int LayerCount = 4;

    /// <summary>Cells of a layer along a column.</summary>
    public static int Count(TissueLayer layer) => Counts[(int)layer];

    /// <summary>Layer of each cell, from the deep fascia outwards.</summary>
    internal static TissueLayer[] PerCell() =>
        [.. Layers.SelectMany(layer => Enumerable.Repeat(layer, Count(layer)))];

    /// <summary>Number of levels of nodes in a column.</summary>
    internal static int LevelCount => Counts.Sum() + 1;
}

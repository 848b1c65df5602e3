using Threadwell.Geometry;

namespace Threadwell.Anatomy;

/// <summary>The layers between skin surface and deep fascia.</summary>
public enum TissueLayer
{
    /// <summary>Deep fat, from the deep fascia to the SMAS.</summary>
    DeepFat,

    /// <summary>Superficial musculoaponeurotic system, or the superficial fascia of the body.</summary>
    Smas,

    /// <summary>Superficial fat.</summary>
    SuperficialFat,

    /// <summary>Epidermis and dermis.</summary>
    Skin,
}

/// <summary>
/// The treatment region of a scan as columns of wedges from the deep fascia to the skin surface. Node <c>c * LevelCount + k</c> is
/// level k of column c: level 0 lies on the deep fascia, the last on the skin; column c stands under vertex c of <see cref="Skin"/>.
/// Wedge <c>t * CellCount + k</c> stands under triangle t between levels k and k + 1.
/// </summary>
public sealed class LayeredTissue
{
    /// <summary>Skin surface of the region: one vertex a column, remeshed; mm, patient frame.</summary>
    public required TriangleMesh Skin { get; init; }

    /// <summary>Node positions, mm; length <see cref="ColumnCount"/> x <see cref="LevelCount"/>.</summary>
    public required Vector3D[] Nodes { get; init; }

    /// <summary>Layer of each cell of a column, from the deep fascia outwards; length <see cref="CellCount"/>.</summary>
    public required TissueLayer[] CellLayers { get; init; }

    /// <summary>
    /// Partner triangle of each skin triangle: two neighbouring wedges of a layer share one pressure (design rule against locking).
    /// Two partners name each other; a leftover triangle, which joins a pair, names one triangle of that pair, which does not name it.
    /// </summary>
    public required int[] PressurePartner { get; init; }

    /// <summary>True where a column stands on the cut edge of the region, one a column.</summary>
    public required bool[] OnCutEdge { get; init; }

    /// <summary>Retaining ligament strength under each column: share (0 to 1 and more) of one ligament spot, one a column.</summary>
    public required double[] LigamentShare { get; init; }

    /// <summary>Thickness of the mesh's skin triangles: mean edge length in mm.</summary>
    public required double EdgeLengthMm { get; init; }

    /// <summary>Number of columns.</summary>
    public int ColumnCount => Skin.VertexCount;

    /// <summary>Nodes in a column.</summary>
    public int LevelCount => CellLayers.Length + 1;

    /// <summary>Cells in a column.</summary>
    public int CellCount => CellLayers.Length;

    /// <summary>The node of a column at a level.</summary>
    public int Node(int column, int level) => (column * LevelCount) + level;
}

namespace Threadwell.Anatomy.Tissue;

/// <summary>
/// A layered tissue as plain arrays for a solver: wedges and the pressure each of them shares. Wedge
/// <c>t * CellCount + k</c> stands under skin triangle t in cell k, counted from the deep fascia.
/// </summary>
public sealed class WedgeSolid
{
    private WedgeSolid(int[] connectivity, int[] pressureGroups, int pressureGroupCount)
    {
        Connectivity = connectivity;
        PressureGroups = pressureGroups;
        PressureGroupCount = pressureGroupCount;
    }

    /// <summary>
    /// Six nodes a wedge: the deep triangle, then the triangle towards the skin, both counter-clockwise seen from outside, so
    /// that the volume is positive.
    /// </summary>
    public int[] Connectivity { get; }

    /// <summary>Pressure that a wedge shares, one a wedge, from 0 to <see cref="PressureGroupCount"/> − 1 without gaps.</summary>
    public int[] PressureGroups { get; }

    /// <summary>Number of pressures.</summary>
    public int PressureGroupCount { get; }

    /// <summary>Number of wedges.</summary>
    public int WedgeCount => PressureGroups.Length;

    /// <summary>Lists the wedges of a tissue.</summary>
    public static WedgeSolid Of(LayeredTissue tissue)
    {
        ArgumentNullException.ThrowIfNull(tissue);
        int triangles = tissue.Skin.TriangleCount;
        int cells = tissue.CellCount;
        (int[] groupOfTriangle, int groups) = GroupTriangles(tissue.PressurePartner);
        int[] connectivity = new int[6 * triangles * cells];
        int[] pressureGroups = new int[triangles * cells];
        for (int triangle = 0; triangle < triangles; triangle++)
        {
            for (int cell = 0; cell < cells; cell++)
            {
                int wedge = (triangle * cells) + cell;
                pressureGroups[wedge] = (groupOfTriangle[triangle] * cells) + cell;
                for (int corner = 0; corner < 3; corner++)
                {
                    int column = tissue.Skin.Triangles[(3 * triangle) + corner];
                    connectivity[(6 * wedge) + corner] = tissue.Node(column, cell);
                    connectivity[(6 * wedge) + corner + 3] = tissue.Node(column, cell + 1);
                }
            }
        }

        return new WedgeSolid(connectivity, pressureGroups, groups * cells);
    }

    private static (int[] GroupOfTriangle, int Count) GroupTriangles(int[] partner)
    {
        int[] group = new int[partner.Length];
        Array.Fill(group, -1);
        int count = 0;
        for (int triangle = 0; triangle < partner.Length; triangle++)
        {
            bool alone = partner[triangle] == triangle;
            if (group[triangle] < 0 && (alone || PressurePairing.IsMutual(partner, triangle)))
            {
                group[triangle] = count;
                group[partner[triangle]] = count;
                count++;
            }
        }

        for (int triangle = 0; triangle < partner.Length; triangle++)
        {
            if (group[triangle] < 0)
            {
                group[triangle] = group[partner[triangle]];
            }
        }

        return (group, count);
    }
}

namespace Threadwell.Mechanics.Solids;

/// <summary>
/// For each node the element corners that lie on it, in order of elements: forces and stiffness are gathered node by node, so that
/// threads never write to the same place and sums have a fixed order.
/// </summary>
internal sealed class NodeIncidence
{
    public NodeIncidence(SolidMesh mesh)
    {
        Start = new int[mesh.NodeCount + 1];
        foreach (ElementBlock block in mesh.Blocks)
        {
            foreach (int node in block.Connectivity)
            {
                Start[node + 1]++;
            }
        }

        for (int node = 0; node < mesh.NodeCount; node++)
        {
            Start[node + 1] += Start[node];
        }

        Element = new int[Start[mesh.NodeCount]];
        Corner = new int[Start[mesh.NodeCount]];
        int[] next = Start[..mesh.NodeCount];
        Slot = new int[Start[mesh.NodeCount]];
        int element = 0;
        int slot = 0;
        foreach (ElementBlock block in mesh.Blocks)
        {
            for (int e = 0; e < block.Count; e++, element++)
            {
                for (int a = 0; a < block.NodesPerElement; a++, slot++)
                {
                    int at = next[block.Connectivity[(e * block.NodesPerElement) + a]]++;
                    Element[at] = element;
                    Corner[at] = a;
                    Slot[at] = slot;
                }
            }
        }
    }

    /// <summary>First corner of each node; length nodes + 1.</summary>
    public int[] Start { get; }

    /// <summary>Element (numbered over all blocks) of each corner.</summary>
    public int[] Element { get; }

    /// <summary>Local node of each corner in its element.</summary>
    public int[] Corner { get; }

    /// <summary>Number of each corner when all elements' corners are counted in order.</summary>
    public int[] Slot { get; }
}

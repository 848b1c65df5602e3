using Threadwell.Geometry;

namespace Threadwell.Anatomy.Tissue;

/// <summary>
/// A point inside the tissue and its shape functions: the position, and any nodal field, is the weighted sum over six nodes of a wedge.
/// </summary>
/// <param name="Position">Position, mm.</param>
/// <param name="DepthMm">Depth below the skin along the column, mm; less than asked for where the tissue is thinner.</param>
/// <param name="Wedge">Wedge that holds it: triangle x cell count + cell.</param>
/// <param name="Nodes">Six nodes, in the order of <see cref="WedgeSolid.Connectivity"/>.</param>
/// <param name="Weights">Their weights; they sum to one.</param>
public sealed record TissuePoint(Vector3D Position, double DepthMm, int Wedge, int[] Nodes, double[] Weights);

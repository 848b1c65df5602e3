namespace Threadwell.Mechanics.Threads;

/// <summary>A nearly incompressible medium of energy mu/2 (I1 - 3) + c/2 (I1 - 3)², the law that the mesh's solids have.</summary>
/// <param name="ShearModulusMPa">Shear modulus mu at small strain, MPa; positive.</param>
/// <param name="StiffeningMPa">Coefficient c, MPa; zero where it does not stiffen.</param>
public readonly record struct StiffeningMedium(double ShearModulusMPa, double StiffeningMPa)
{
    /// <summary>Strain in simple shear at a shear stress, MPa: the real root g of mu g + 2 c g³ = stress.</summary>
    public double ShearStrain(double stressMPa)
    {
        if (StiffeningMPa <= 0)
        {
            return stressMPa / ShearModulusMPa;
        }

        // The root of the depressed cubic by hyperbolic functions.
        double scale = Math.Sqrt(2 * ShearModulusMPa / (3 * StiffeningMPa));
        return scale * Math.Sinh(Math.Asinh(3 * stressMPa / (ShearModulusMPa * scale)) / 3);
    }
}

using Threadwell.Evidence;

namespace Threadwell.Anatomy.VirtualPatients;

/// <summary>What sex and ageing change in the shape of the template torso. All lengths in mm.</summary>
internal sealed record TorsoForm
{
    /// <summary>True for a woman's torso.</summary>
    public required bool Female { get; init; }

    /// <summary>Descent of soft tissue on the scale of laxity: 0 none to 4 severe.</summary>
    public required double Sag { get; init; }

    /// <summary>Descent of the breast below its youthful place.</summary>
    public double Ptosis => Sag * EvidenceCatalogue.Value("virtual-patient.breast-descent-per-grade", "mm");

    /// <summary>Growth and descent of the lower abdomen's loose tissue.</summary>
    public double AbdominalDescent => Sag * EvidenceCatalogue.Value("virtual-patient.abdominal-descent-per-grade", "mm");

    /// <summary>The form of a person.</summary>
    public static TorsoForm Of(VirtualPatientTraits traits) => new() { Female = traits.Sex == Sex.Female, Sag = HeadForm.SagOf(traits) };
}

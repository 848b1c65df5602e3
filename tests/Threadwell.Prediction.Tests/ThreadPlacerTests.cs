using Threadwell.Anatomy;
using Threadwell.Anatomy.Tissue;
using Threadwell.Anatomy.VirtualPatients;
using Threadwell.Evidence;
using Threadwell.Plans;

namespace Threadwell.Prediction.Tests;

/// <summary>Threads in the tissue: what their barbs' surroundings give.</summary>
public sealed class ThreadPlacerTests
{
    /// <summary>On a mesh as coarse as that of bands, in fat and SMAS as different as the evidence allows, whose mean by the kernel's own weights can be negative near an edge.</summary>
    [Theory]
    [InlineData(TreatmentArea.Jawline)]
    [InlineData(TreatmentArea.Brow)]
    [InlineData(TreatmentArea.Neck)]
    public void EveryNearFieldGivesMoreUnderMoreLoad(TreatmentArea area)
    {
        VirtualPatient patient = VirtualPatient.Create(new VirtualPatientTraits());
        ThreadPlan plan = PreviewPlans.Standard(patient, area);
        FactValues facts = FactValues.Catalogue.With([new("tissue.fat.youngs-modulus-initial", 0.0008), new("tissue.fat.septa-factor", 1), new("tissue.smas.shear-modulus", 0.1)]);
        TissueParameters parameters = TissueParameters.For(plan.Patient, facts);
        LayeredTissue tissue = CoursePredictor.BuildTissue(plan, patient.Scan, "plan", new PredictionOptions { EdgeLengthMm = 14 });
        var mechanics = new TissueMechanics(tissue, parameters);
        var placer = new ThreadPlacer(mechanics, new TissueProbe(tissue), facts);
        foreach (PlannedThread thread in plan.Threads)
        {
            Assert.All(placer.Place(thread).Definition.NearField!, near =>
            {
                Assert.True(near.DisplacementMm[0] >= 0);
                Assert.All(near.DisplacementMm.Skip(1).Zip(near.DisplacementMm), next => Assert.True(next.First >= next.Second));
            });
        }
    }
}

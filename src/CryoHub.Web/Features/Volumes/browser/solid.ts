import "@kitware/vtk.js/Rendering/Profiles/Geometry";
import "@kitware/vtk.js/Rendering/Profiles/Volume";
import vtkDataArray from "@kitware/vtk.js/Common/Core/DataArray";
import vtkImageData from "@kitware/vtk.js/Common/DataModel/ImageData";
import vtkPiecewiseFunction from "@kitware/vtk.js/Common/DataModel/PiecewiseFunction";
import vtkImageMarchingCubes from "@kitware/vtk.js/Filters/General/ImageMarchingCubes";
import vtkActor from "@kitware/vtk.js/Rendering/Core/Actor";
import vtkColorTransferFunction from "@kitware/vtk.js/Rendering/Core/ColorTransferFunction";
import vtkMapper from "@kitware/vtk.js/Rendering/Core/Mapper";
import vtkVolume from "@kitware/vtk.js/Rendering/Core/Volume";
import vtkVolumeMapper from "@kitware/vtk.js/Rendering/Core/VolumeMapper";
import vtkGenericRenderWindow from "@kitware/vtk.js/Rendering/Misc/GenericRenderWindow";
import { colourAt } from "../../Viewer/browser/colour-maps.ts";
import type { Volume } from "./volume.ts";

/** The volume in three dimensions: as a cloud, or as the surface of equal value. */
export class Solid {
  private readonly window = vtkGenericRenderWindow.newInstance({ background: [0.04, 0.06, 0.07], listenWindowResize: false });
  private readonly cloud = vtkVolume.newInstance();
  private readonly surface = vtkActor.newInstance();
  private readonly cubes = vtkImageMarchingCubes.newInstance({ contourValue: 0, computeNormals: true, mergePoints: true });

  constructor(host: HTMLElement, volume: Volume, low: number, high: number) {
    this.window.setContainer(host as HTMLDivElement);
    this.window.resize();
    const image = imageOf(volume, low);
    const mapper = vtkVolumeMapper.newInstance();
    mapper.setInputData(image);
    mapper.setSampleDistance(Math.min(...image.getSpacing()));
    this.cloud.setMapper(mapper);
    this.dress(low, high, Math.min(...image.getSpacing()));
    this.cubes.setInputData(image);
    const faces = vtkMapper.newInstance({ scalarVisibility: false });
    faces.setInputConnection(this.cubes.getOutputPort());
    this.surface.setMapper(faces);
    this.surface.getProperty().setColor(0.16, 0.71, 0.98);
    this.surface.setVisibility(false);
    this.window.getRenderer().addVolume(this.cloud);
  }

  /** `undefined` shows the cloud. */
  show(iso: number | undefined): void {
    if (iso !== undefined) {
      this.cubes.setContourValue(iso);
      if (!this.surface.getVisibility()) this.window.getRenderer().addActor(this.surface);
    }
    this.surface.setVisibility(iso !== undefined);
    this.cloud.setVisibility(iso === undefined);
    this.window.getRenderWindow().render();
  }

  /** Back to a view from a corner, with everything inside. */
  reset(): void {
    const renderer = this.window.getRenderer(), camera = renderer.getActiveCamera();
    camera.setFocalPoint(0, 0, 0);
    camera.setPosition(1, -1.6, 1);
    camera.setViewUp(0, 0, 1);
    renderer.resetCamera();
    renderer.resetCameraClippingRange();
    this.window.getRenderWindow().render();
  }

  resize(): void { this.window.resize(); }

  destroy(): void { this.window.delete(); }

  private dress(low: number, high: number, unit: number): void {
    const colours = vtkColorTransferFunction.newInstance(),
      opacity = vtkPiecewiseFunction.newInstance(),
      at = (part: number): number => low + part * (high - low);
    for (let part = 0; part <= 1; part += 1 / 16) {
      const [red, green, blue] = colourAt("viridis", part);
      colours.addRGBPoint(at(part), red / 255, green / 255, blue / 255);
    }
    for (const [part, value] of [[0, 0], [0.35, 0], [0.6, 0.04], [1, 0.5]] as const) opacity.addPoint(at(part), value);
    const look = this.cloud.getProperty();
    look.setRGBTransferFunction(0, colours);
    look.setScalarOpacity(0, opacity);
    look.setScalarOpacityUnitDistance(0, 2 * unit);
    look.setInterpolationTypeToLinear();
  }
}

/** Scaled so that the longest edge is 1: steps in metres would be lost in single precision. */
function imageOf(volume: Volume, nothing: number): vtkImageData {
  const steps = volume.axes.map(axis => Math.abs(axis.step) || 1), longest = Math.max(...steps.map((step, i) => step * volume.shape[i]!));
  const image = vtkImageData.newInstance(), [depth, height, width] = volume.shape, [z, y, x] = steps.map(step => step / longest) as [number, number, number];
  image.setDimensions([width, height, depth]);
  image.setSpacing([x, y, z]);
  const values = volume.data.some(value => !Number.isFinite(value)) ? volume.data.map(value => Number.isFinite(value) ? value : nothing) : volume.data;
  image.getPointData().setScalars(vtkDataArray.newInstance({ name: "values", values, numberOfComponents: 1 }));
  return image;
}

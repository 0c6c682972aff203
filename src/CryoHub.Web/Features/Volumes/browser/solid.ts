import "@kitware/vtk.js/Rendering/Profiles/Geometry";
import "@kitware/vtk.js/Rendering/Profiles/Volume";
import vtkDataArray from "@kitware/vtk.js/Common/Core/DataArray";
import vtkImageData from "@kitware/vtk.js/Common/DataModel/ImageData";
import vtkPiecewiseFunction from "@kitware/vtk.js/Common/DataModel/PiecewiseFunction";
import vtkPlane from "@kitware/vtk.js/Common/DataModel/Plane";
import vtkImageMarchingCubes from "@kitware/vtk.js/Filters/General/ImageMarchingCubes";
import vtkActor from "@kitware/vtk.js/Rendering/Core/Actor";
import vtkColorTransferFunction from "@kitware/vtk.js/Rendering/Core/ColorTransferFunction";
import vtkMapper from "@kitware/vtk.js/Rendering/Core/Mapper";
import vtkVolume from "@kitware/vtk.js/Rendering/Core/Volume";
import vtkVolumeMapper from "@kitware/vtk.js/Rendering/Core/VolumeMapper";
import vtkGenericRenderWindow from "@kitware/vtk.js/Rendering/Misc/GenericRenderWindow";
import { colourAt, type MapName } from "../../Viewer/browser/colour-maps.ts";
import type { Volume } from "./volume.ts";

/** Which values are seen, from `from` (0 to 1 of the contrast) on, and how dense they get at the most. */
export interface Transfer { low: number; high: number; map: MapName; from: number; most: number }

/** The body of one label. */
export interface Shell { volume: Volume; value: number; colour: readonly [number, number, number]; opacity: number }

/** The volume in three dimensions, in parallel projection: as a cloud, as the surface of equal value, and bodies of labels. */
export class Solid {
  onCamera: () => void = () => {};
  private readonly window = vtkGenericRenderWindow.newInstance({ background: [0.04, 0.06, 0.07], listenWindowResize: false });
  private readonly cloud = vtkVolume.newInstance();
  private readonly surface = vtkActor.newInstance();
  private readonly cubes = vtkImageMarchingCubes.newInstance({ contourValue: 0, computeNormals: true, mergePoints: true });
  private readonly mapper = vtkVolumeMapper.newInstance();
  private readonly faces = vtkMapper.newInstance({ scalarVisibility: false });
  private readonly image: vtkImageData;
  private readonly longest: number;
  private bodies: vtkActor[] = [];
  private planes: vtkPlane[] = [];

  constructor(private readonly host: HTMLElement, private readonly volume: Volume, nothing: number) {
    this.window.setContainer(host as HTMLDivElement);
    this.window.resize();
    this.longest = longestOf(volume);
    this.image = imageOf(volume, value => Number.isFinite(value) ? value : nothing);
    this.mapper.setInputData(this.image);
    this.mapper.setSampleDistance(Math.min(...this.image.getSpacing()));
    this.cloud.setMapper(this.mapper);
    this.cubes.setInputData(this.image);
    this.faces.setInputConnection(this.cubes.getOutputPort());
    this.surface.setMapper(this.faces);
    this.surface.getProperty().setColor(0.16, 0.71, 0.98);
    this.surface.setVisibility(false);
    const renderer = this.window.getRenderer();
    renderer.addVolume(this.cloud);
    renderer.getActiveCamera().setParallelProjection(true);
    renderer.getActiveCamera().onModified(() => this.onCamera());
  }

  /** Physical length of a screen pixel, as a part of the longest edge times that edge: for the scale bar. */
  get perPixel(): number { return 2 * this.window.getRenderer().getActiveCamera().getParallelScale() / Math.max(1, this.host.clientHeight) * this.longest; }

  /** Position, focus, direction upwards, and half the height of what is seen; lengths in longest edges. */
  get camera(): number[] {
    const camera = this.window.getRenderer().getActiveCamera();
    return [...camera.getPosition(), ...camera.getFocalPoint(), ...camera.getViewUp(), camera.getParallelScale()];
  }

  set camera(from: readonly number[]) {
    const [x, y, z, fx, fy, fz, ux, uy, uz, scale] = from as [number, number, number, number, number, number, number, number, number, number];
    const renderer = this.window.getRenderer(), camera = renderer.getActiveCamera();
    camera.setPosition(x, y, z);
    camera.setFocalPoint(fx, fy, fz);
    camera.setViewUp(ux, uy, uz);
    camera.setParallelScale(scale);
    renderer.resetCameraClippingRange();
    this.render();
  }

  dress({ low, high, map, from, most }: Transfer): void {
    const colours = vtkColorTransferFunction.newInstance(), opacity = vtkPiecewiseFunction.newInstance();
    const at = (part: number): number => low + part * (high - low);
    for (let part = 0; part <= 1; part += 1 / 16) {
      const [red, green, blue] = colourAt(map, part);
      colours.addRGBPoint(at(part), red / 255, green / 255, blue / 255);
    }
    // Faint at first: a quarter of the way up a twelfth of the density, so that cores show through their halo.
    for (const [part, value] of [[0, 0], [0.999 * from, 0], [from + 0.4 * (1 - from), most / 12], [1.001, most]] as const) opacity.addPoint(at(part), value);
    const look = this.cloud.getProperty();
    look.setRGBTransferFunction(0, colours);
    look.setScalarOpacity(0, opacity);
    look.setScalarOpacityUnitDistance(0, 2 * Math.min(...this.image.getSpacing()));
    look.setInterpolationTypeToLinear();
    this.render();
  }

  /** Cloud, surface at `iso`, or neither. */
  show(mode: string, iso: number): void {
    if (mode === "surface") {
      this.cubes.setContourValue(iso);
      if (!this.surface.getVisibility()) this.window.getRenderer().addActor(this.surface);
    }
    this.surface.setVisibility(mode === "surface");
    this.cloud.setVisibility(mode === "cloud");
    this.render();
  }

  /** Bodies of labels, in place of those shown before. */
  shells(shells: readonly Shell[]): void {
    const renderer = this.window.getRenderer();
    for (const body of this.bodies) { renderer.removeActor(body); body.delete(); }
    this.bodies = shells.map(({ volume, value, colour, opacity }) => {
      const cubes = vtkImageMarchingCubes.newInstance({ contourValue: 0.5, computeNormals: true, mergePoints: true }), body = vtkActor.newInstance();
      const faces = vtkMapper.newInstance({ scalarVisibility: false });
      cubes.setInputData(imageOf(volume, voxel => voxel === value ? 1 : 0));
      faces.setInputConnection(cubes.getOutputPort());
      for (const plane of this.planes) faces.addClippingPlane(plane);
      body.setMapper(faces);
      body.getProperty().setColor(colour[0] / 255, colour[1] / 255, colour[2] / 255);
      body.getProperty().setOpacity(opacity);
      renderer.addActor(body);
      return body;
    });
    this.render();
  }

  /** What lies outside these fractions (from and to of x, y and z) is cut away. */
  clip(parts: readonly number[]): void {
    const size = [2, 1, 0].map(i => this.volume.shape[i]! * (Math.abs(this.volume.axes[i]!.step) || 1) / this.longest);
    this.planes = parts.flatMap((part, i) => {
      const axis = i >> 1, isFrom = i % 2 === 0;
      if (part === (isFrom ? 0 : 1)) return [];
      const unit = [0, 1, 2].map(j => j === axis ? (isFrom ? 1 : -1) : 0) as [number, number, number];
      return [vtkPlane.newInstance({ normal: unit, origin: [0, 1, 2].map(j => j === axis ? part * size[axis]! : 0) as [number, number, number] })];
    });
    for (const mapper of [this.mapper, this.faces, ...this.bodies.map(body => body.getMapper()!)]) {
      mapper.removeAllClippingPlanes();
      for (const plane of this.planes) mapper.addClippingPlane(plane);
    }
    this.render();
  }

  /** Back to a view from a corner, with everything inside. */
  reset(): void {
    const renderer = this.window.getRenderer(), camera = renderer.getActiveCamera();
    camera.setFocalPoint(0, 0, 0);
    camera.setPosition(1, -1.6, 1);
    camera.setViewUp(0, 0, 1);
    renderer.resetCamera();
    renderer.resetCameraClippingRange();
    this.render();
  }

  resize(): void { this.window.resize(); this.onCamera(); }

  destroy(): void { this.window.delete(); }

  private render(): void { this.window.getRenderWindow().render(); }
}

const longestOf = ({ axes, shape }: Volume): number => Math.max(...axes.map((axis, i) => (Math.abs(axis.step) || 1) * shape[i]!));

/** Scaled so that the longest edge is 1: steps in metres would be lost in single precision. Voxels stand at their middles, so levels coincide. */
function imageOf(volume: Volume, change: (value: number) => number): vtkImageData {
  const longest = longestOf(volume), [z, y, x] = volume.axes.map(axis => (Math.abs(axis.step) || 1) / longest) as [number, number, number];
  const image = vtkImageData.newInstance(), [depth, height, width] = volume.shape;
  image.setDimensions([width, height, depth]);
  image.setSpacing([x, y, z]);
  image.setOrigin([x / 2, y / 2, z / 2]);
  image.getPointData().setScalars(vtkDataArray.newInstance({ name: "values", values: volume.data.map(change), numberOfComponents: 1 }));
  return image;
}
